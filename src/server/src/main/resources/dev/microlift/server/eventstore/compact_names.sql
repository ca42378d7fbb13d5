-- Adds up what the batches counted.
create temporary table compacted as
select
  day,
  sealed,
  kind,
  name,
  property,
  sum(events)::bigint as events,
  min(first_ms) as first_ms,
  max(last_ms) as last_ms
from event_names
where not sealed
group by day, sealed, kind, name, property;
delete from event_names where not sealed;
insert into event_names select * from compacted;
drop table compacted;
