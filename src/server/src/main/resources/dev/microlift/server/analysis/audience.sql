-- Ids of units by what they did and did not do, in their order.
select unit
from {units}
where {in_period}
  and {conditions}
order by unit
