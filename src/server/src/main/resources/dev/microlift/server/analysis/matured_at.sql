-- When so many units had matured and one more.
select {matures}
from {units}
where fate = 'compared'
  and {matured}
  and {in_period}
order by {matures}
limit 1 offset {before}
