-- The smallest value that at least the share of units is not above.
select {value}
from (
  select {value}, sum(count(*)) over (order by {value}) as units, sum(count(*)) over () as all_units
  from {units}
  where {which}
  group by {value}
)
where units >= ceil(all_units * {quantile} - 1e-9)
order by {value}
limit 1
