-- How long it took from one required step to the next.
select variant_no{columns}
from {units}
where {which}
group by variant_no
