-- One metric as one query like the others, with what each unit did in the fortnight before its exposure, which explains
-- part of the metric: joined by itself, and with the sums that an adjustment needs.
with exposures as (
  select
    user_id as unit,
    case when count(distinct variant) > 1 then '__multiple__' else max(variant) end as variant,
    min(time_ms) as t0
  from hot_events
  where name = 'Experiment Viewed' and experiment = 'exp' and not bot
  group by user_id
),
metric as (
  select user_id as unit, time_ms, {value} as value
  from hot_events
  where name = '{event}' and not bot
),
per_unit as (
  select
    x.variant,
    x.unit,
    coalesce(sum(case when m.time_ms >= x.t0 and m.time_ms < x.t0 + 604800000 then m.value else 0 end), 0) as value,
    min(case when m.time_ms >= x.t0 and m.time_ms < x.t0 + 604800000 then m.time_ms - x.t0 end) as first_ms
  from exposures x
  left join metric m on m.unit = x.unit
  where x.variant <> '__multiple__'
  group by x.variant, x.unit
),
past as (
  select x.unit, coalesce(sum(m.value), 0) as value
  from exposures x
  join metric m on m.unit = x.unit
  where m.time_ms >= x.t0 - 1209600000 and m.time_ms < x.t0
  group by x.unit
)
select
  variant,
  count(*) as units,
  count(first_ms) as converted,
  sum(per_unit.value) as sum,
  sum(per_unit.value * per_unit.value) as squares,
  sum(first_ms) as times,
  sum(coalesce(past.value, 0)) as past_sum,
  sum(coalesce(past.value, 0) * coalesce(past.value, 0)) as past_squares,
  sum(per_unit.value * coalesce(past.value, 0)) as products
from per_unit
left join past using (unit)
group by variant
