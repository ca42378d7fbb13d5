-- An attribute by the ways that units went, ascending.
select {group}, variant_no, covariate, did, furthest, strict, count(*) as units
from {units}
where {which}
  and covariate is not null
group by all
order by all
