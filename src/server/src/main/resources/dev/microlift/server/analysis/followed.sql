-- What was found by following a unit event by event takes the place of what the pass over all events found.
insert into done
select done.* replace ({followed})
from done
join folded using (unit_no)
