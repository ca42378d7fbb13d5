-- The rows of units, in the order of their ids.
select unit, variant_no, fate, t0, closes, strict, furthest{columns}
from {units}
where {in_period}
order by unit
