-- The events of units whose steps have to be followed one by one, in the order of units and of time. What they say is read
-- once it is known that they are of such a unit: those are few.
with made as (
  {made}
),
placed as (
  select
    x.unit_no,
    e.time_ms - x.t0 as elapsed,
    e.name_no
    {columns}
  from made e
  join unordered x on x.unit = e.unit
  where e.time_ms >= x.t0
    and e.time_ms < x.closes
)
select
  unit_no,
  elapsed,
  {mask} as makes
  {numbers}
from placed
where {any_step}
order by unit_no, elapsed
