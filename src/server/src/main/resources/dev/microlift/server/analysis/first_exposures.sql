-- What first exposures say beyond their time, for those units that it is needed of. Exposures at one instant are told
-- apart by their message id, so that the order of arrival never matters.
create temporary table first_exposures as
with exposures as (
  select
    {unit} as unit,
    e.time_ms,
    e.message_id,
    struct_pack({said}) as said
  from {events} e
  {links}
  where {which}
    and not e.bot
    and e.time_ms < {known}
)
select
  x.unit_no,
  arg_min(e.said, e.message_id) as said
from exposures e
join exposed x on x.unit = e.unit and x.t0 = e.time_ms
where {needed}
group by x.unit_no
