-- A row for each name and day, and one for each property of its events.
select
  day,
  {sealed} as sealed,
  kind,
  name,
  property,
  count(*) as events,
  min(time_ms) as first_ms,
  max(time_ms) as last_ms
from (
  select
    epoch_ms(received_ms)::date as day,
    kind,
    name,
    time_ms,
    unnest(list_prepend(null::varchar, json_keys(properties))) as property
  from {rows}
)
group by day, kind, name, property
