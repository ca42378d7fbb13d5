-- One row for each unit. What was found by following a unit event by event takes the place of what the pass over all
-- events found.
with stepped as (
  select done.*, {strict} as strict
  from done
  anti join folded using (unit_no)
  union all
  select done.* replace ({folded_steps}), folded.strict
  from done
  join folded using (unit_no)
),
followed as (
  select
    x.*,
    first_exposures.said,
    {columns}
  from exposed x
  left join stepped as done on done.unit_no = x.unit_no
  left join amounts on amounts.unit_no = x.unit_no
  left join odd on odd.unit_no = x.unit_no
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
