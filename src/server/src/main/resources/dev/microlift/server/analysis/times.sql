-- When units first did a step; those that did not, when they were last seen without it.
select
  variant_no,
  {first} is not null as reached,
  coalesce(
    {first},
    case when closes <= {known} then closes - t0 else greatest(0, least(closes, {seen}) - t0) end
  ) // {grid} * {grid} as elapsed,
  count(*) as units
from {units}
where {which}
group by all
order by variant_no, elapsed
