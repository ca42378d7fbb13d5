-- One metric as one query, in the form that platforms with a query for each metric publish: who was exposed to what and
-- when, the metric of every exposed unit in its window (nothing for most of them), then counts, sums and squares.
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
)
select
  variant,
  count(*) as units,
  count(first_ms) as converted,
  sum(value) as sum,
  sum(value * value) as squares,
  sum(first_ms) as times
from per_unit
group by variant
