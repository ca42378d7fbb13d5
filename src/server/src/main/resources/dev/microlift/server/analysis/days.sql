-- Units by the day of their t0.
select t0 // 86400000 as day, fate, variant_no, count(*) as units
from {units}
where fate in ('compared', 'crossover')
  and {in_period}
group by all
order by day
