-- The rows of units of the population, whatever became of them, in the order of their ids.
select unit, variant_no, fate, t0, closes, strict, furthest{columns}
from {units}
where {in_period}
  and {population}
order by unit
