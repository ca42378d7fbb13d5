-- Events that came late, from the future or from robots: usually few, so they are set apart before they are joined.
create temporary table odd as
select
  x.unit_no,
  count(*) filter (late and not bot) as late,
  count(*) filter (clamped and not bot) as clamped,
  count(*) filter (bot) as by_bots
from set_apart made
join exposed x on x.unit = made.unit
where x.fate = 'compared'
  and made.time_ms >= x.t0
  and made.time_ms < x.closes
  and ({anything})
group by x.unit_no
