-- How many units have the same number, by the day on which it became known.
select {day} as day, variant_no, {y} as y, count(*) as units
from {units}
where {which}
  and {y} <> 0
group by all
order by all
