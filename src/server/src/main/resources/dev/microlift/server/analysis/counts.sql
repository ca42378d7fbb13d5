-- How many events there were.
select {group}, variant_no{columns}
from {units}
where {which}
group by all
