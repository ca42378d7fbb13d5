-- Units by what becomes of them.
select
  fate,
  variant_no,
  count(*) as units,
  count(*) filter (where {matured}) as matured,
  max(t0) as last_exposure,
  max(closes) as last_close
from exposed
group by fate, variant_no
order by fate, variant_no
