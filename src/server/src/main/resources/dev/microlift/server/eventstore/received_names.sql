-- A page of names, each followed by its most frequent properties.
with wanted as (
  select distinct name, kind
  from event_names
  where name > ? or (name = ? and kind > ?)
  order by name, kind
  limit ?
),
counts as (
  select
    name,
    kind,
    property,
    sum(events)::bigint as events,
    min(first_ms) as first_ms,
    max(last_ms) as last_ms
  from event_names
  semi join wanted using (name, kind)
  group by name, kind, property
),
ranked as (
  select
    *,
    row_number() over (
      partition by name, kind
      order by property is not null, events desc, property  -- the events themselves before all properties
    ) as place
  from counts
)
select * from ranked where place <= ? + 1 order by name, kind, place
