-- Compared units of each arm, and how many of them did each step.
select variant_no, count(*) as exposed{columns}
from {units}
where fate = 'compared'
  and {in_period}
group by variant_no
