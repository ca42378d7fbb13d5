-- Units that went the same way, and how many events they have; all figures of rates come from them.
select {group}, variant_no, did, before_goal, furthest, strict, {past} as past, count(*) as units{event_counts}
from {units}
where {which}
group by all
