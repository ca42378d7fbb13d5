-- Units to be compared.
select {group}, variant_no, count(*) as compared, count(*) filter ({matured}) as matured
from {units}
where fate = 'compared'
  and {in_period}
group by all
