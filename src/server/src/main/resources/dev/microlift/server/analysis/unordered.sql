-- Units whose steps have to be followed one by one.
create temporary table unordered as
select x.unit_no, x.unit, x.t0, x.closes
from exposed x
semi join (from done where unit_no > 0 and strict < 0) using (unit_no)
