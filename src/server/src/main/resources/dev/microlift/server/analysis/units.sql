-- One row for each unit.
with followed as (
  select
    x.*,
    first_exposures.said,
    {columns}
  from exposed x
  left join done on done.unit_no = x.unit_no
  left join amounts on amounts.unit_no = x.unit_no
  left join folded on folded.unit_no = x.unit_no
  left join first_exposures on first_exposures.unit_no = x.unit_no
)
select
  unit,
  coalesce(said.variant_no, variant_no)::tinyint as variant_no,
  t0,
  closes,
  fate,
  {said}
  {masks} as did,
  {before_goal} as before_goal,
  {furthest} as furthest,
  unit_no in (from mismatched) as mismatched,
  followed.* exclude (unit_no, unit, variant_no, t0, closes, fate, said)
from followed
