-- Units with events in the period, but none that makes a step; of matured ones those that were followed for as long.
select count(*)
from (
  select min(e.time_ms) as t0, min(e.time_ms) + {window} as closes
  from human_events e
  {links}
  where e.time_ms >= {from}
    and e.time_ms < {to}
    and e.time_ms < {until}
    and {unit} is not null
    and {unit} not in (select unit from {units})
  group by {unit}
)
where {population}
