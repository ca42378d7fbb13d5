-- What the events behind the figures look like; and, of all exposed units that were randomised, whose variant is not the
-- one that the hash gives.
select
  variant_no,
  coalesce(sum(counted) filter ({which}), 0)::bigint as counted,
  coalesce(sum(late) filter ({which}), 0)::bigint as late,
  coalesce(sum(clamped) filter ({which}), 0)::bigint as clamped,
  coalesce(sum(by_bots) filter ({which}), 0)::bigint as by_bots,
  count(*) filter ({which} and {past_goal}) as past_goal,
  count(*) filter (fate in ('compared', 'crossover')) as randomised,
  count(*) filter (mismatched) as mismatched
from {units}
where fate <> 'bot'
  and {in_period}
group by variant_no
