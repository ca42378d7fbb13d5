-- How many units have the same numbers, ascending: their sums do not depend on the order of units.
select {group}, variant_no, {x} as x, {y} as y, count(*) as units
from {units}
where {which}
  and {counts}
group by all
order by all
