-- The most frequent values of an attribute.
select {attribute} as value
from {units}
where fate = 'compared'
  and {in_period}
  and {attribute} is not null
group by value
order by count(*) desc, value
limit {most}
