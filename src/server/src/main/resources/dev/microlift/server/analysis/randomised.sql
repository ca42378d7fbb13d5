-- The units whose variant a hash can be asked for, with the one they saw first.
select x.unit_no, x.unit, coalesce(said.variant_no, x.variant_no) as variant_no
from exposed x
left join first_exposures using (unit_no)
where x.fate in ('compared', 'crossover')
