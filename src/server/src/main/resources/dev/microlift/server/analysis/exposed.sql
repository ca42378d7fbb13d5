-- Every exposed unit once: its first exposure is its t0. What robots sent says nothing about a unit; one that only they
-- speak of is counted apart. No order is needed for that, so nothing is sorted.
create temporary table exposed as
with exposures as (
  select
    {unit} as unit,
    list_position({variants}, e.variant) - 1 as variant_no,
    e.time_ms,
    e.bot
  from {events} e
  {links}
  where {exposes}
    and list_contains({variants}, e.variant)
    and e.time_ms < {end}
    and e.time_ms < {known}
),
units as (
  select
    unit,
    coalesce(min(time_ms) filter (not bot), min(time_ms)) as t0,
    min(variant_no) filter (not bot) as lowest_variant,
    max(variant_no) filter (not bot) as highest_variant
  from exposures
  where unit is not null
  group by unit
)
select
  row_number() over () as unit_no,  -- only good for this derivation
  unit,
  lowest_variant as variant_no,  -- of crossovers the first is looked for afterwards
  t0,
  {closes} as closes,
  case
    when lowest_variant is null then 'bot'
    when {overridden} then 'overridden'
    when lowest_variant <> highest_variant then 'crossover'
    else 'compared'
  end as fate
from units
