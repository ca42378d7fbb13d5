-- Units by what becomes of them and by the day of their t0, and what the events behind the figures look like.
select
  fate,
  variant_no,
  t0 // 86400000 as day,
  count(*) as units,
  max(t0) as last_t0,
  max(closes) as last_close,
  max(t0 + last) filter ({population}) as last_event,
  min(closes) filter (closes > {known}) as next_close,
  min(t0) as first_t0,
  coalesce(sum(counted) filter ({which}), 0)::bigint as counted,
  coalesce(sum(late) filter ({which}), 0)::bigint as late,
  coalesce(sum(clamped) filter ({which}), 0)::bigint as clamped,
  coalesce(sum(by_bots) filter ({which}), 0)::bigint as by_bots,
  count(*) filter ({which} and {past_goal}) as past_goal,
  count(*) filter (mismatched) as mismatched
from {units}
where {in_period}
group by all
