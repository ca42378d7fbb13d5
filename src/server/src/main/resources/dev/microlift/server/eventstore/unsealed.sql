-- How many messages of a day are not sealed yet, erased ones among them, and from where to where in the log they stand.
select coalesce(sum(messages), 0)::bigint, min(first_position), max(last_position)
from (
  select count(*) as messages, min(position) as first_position, max(position) as last_position
  from hot_events
  where {rows}
  union all
  select messages, first_position, last_position
  from erased
  where day = date '{day}'
)
