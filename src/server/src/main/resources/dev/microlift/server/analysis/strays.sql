-- Exposures to variants that the experiment does not have.
select count(*)
from human_events e
where {exposes}
  and e.position > {position}
  and e.time_ms < {known}
  and e.variant not in ({variants})
