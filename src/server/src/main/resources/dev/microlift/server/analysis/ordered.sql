-- The events of units whose steps have to be followed one by one, in the order of units and of time.
with made as (
  {made}
)
select
  x.unit_no,
  made.time_ms - x.t0 as elapsed,
  {mask} as makes
  {numbers}
from made
join unordered x on x.unit = made.unit
where made.time_ms >= x.t0
  and made.time_ms < x.closes
  and ({any_step})
order by x.unit_no, made.time_ms
