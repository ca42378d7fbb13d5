-- Every unit with a step of the journey in the period once: the first of them is its t0.
create temporary table exposed as
with made as (
  {made}
)
select
  row_number() over () as unit_no,  -- only good for this derivation
  unit,
  0 as variant_no,
  min(time_ms) as t0,
  {closes} as closes,
  'compared' as fate
from made
where unit is not null
  and ({any_step})
  and time_ms >= {from}
  and time_ms < {to}
group by unit
