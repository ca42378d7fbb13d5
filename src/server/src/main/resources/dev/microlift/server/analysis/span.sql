-- The first and the last day on which anything may have happened to a unit.
select
  min(t0) // 86400000 as first_day,
  max(coalesce(t0 + last, case when closes = 9223372036854775807 then t0 else closes end)) // 86400000 as last_day
from {units}
where {which}
