-- Units by what becomes of them.
select
  fate,
  variant_no,
  count(*) as units,
  count(*) filter ({matured}) as matured,
  max(t0) as last_t0,
  max(closes) as last_close,
  max(t0 + last) filter ({population}) as last_event,
  min(closes) filter (closes > {known}) as next_close,
  min(t0) as first_t0
from {units}
where {in_period}
group by fate, variant_no
