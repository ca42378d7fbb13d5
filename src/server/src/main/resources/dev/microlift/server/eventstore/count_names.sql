-- A row for each name and day, and one for each property of its events. Events are counted by all their properties first:
-- most of one name have the same, and are not looked at one by one any more.
select
  day,
  {sealed} as sealed,
  kind,
  name,
  property,
  sum(events)::bigint as events,
  min(first_ms) as first_ms,
  max(last_ms) as last_ms
from (
  select
    day,
    kind,
    name,
    unnest(list_prepend(null::varchar, properties)) as property,
    events,
    first_ms,
    last_ms
  from (
    select
      epoch_ms(received_ms)::date as day,
      kind,
      name,
      json_keys(properties) as properties,
      count(*) as events,
      min(time_ms) as first_ms,
      max(time_ms) as last_ms
    from {rows}
    group by all
  )
)
group by day, kind, name, property
