-- The ways that units went, by the day on which their figures became known.
select {day} as day, variant_no, did, before_goal, furthest, strict, count(*) as units
from {units}
where {which}
group by all
order by day
