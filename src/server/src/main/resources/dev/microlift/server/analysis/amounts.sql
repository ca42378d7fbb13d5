-- What numbers of units' events add up to. They are added in their own order, ascending, so that sums do not depend on
-- the order of events.
create temporary table amounts as
with placed as (
  select
    x.unit_no,
    case when made.time_ms < x.t0 then -name_no else name_no end as code,
    made.* exclude (unit, time_ms, name_no)
  from numbered made
  join exposed x on x.unit = made.unit
  where x.fate = 'compared' and made.time_ms >= x.t0 - {past} and made.time_ms < x.closes
)
select
  unit_no
  {gathered}
from placed
group by unit_no
