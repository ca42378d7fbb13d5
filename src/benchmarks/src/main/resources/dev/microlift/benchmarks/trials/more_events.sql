-- So many of the messages again, as if they had happened a second later and come in now.
insert into hot_events
select last + row_number() over (order by position), 'n' || message_id, kind, name, user_id, anonymous_id, units,
  time_ms + 1000, received_ms, late, clamped, bot, properties, context, experiment, variant
from hot_events, (select max(position) as last from hot_events)
where position > last / 2 and position <= last / 2 + {count}
