-- Units that went the same way; all figures of rates come from them.
select {group}, variant_no, did, before_goal, furthest, strict, {past} as past, count(*) as units
from {units}
where {which}
group by all
