-- The user and anonymous ids that came in one message with that of a unit, and whether each also came with another one
-- of that unit's type.
with own as (
  select user_id, anonymous_id from events where {unit}
),
linked as (
  select 'user' as unit_type, user_id as id from own where user_id is not null
  union
  select 'anonymous', anonymous_id from own where anonymous_id is not null
)
select linked.unit_type, linked.id, coalesce(bool_or(e.user_id <> {id}), false) as shared
from linked
join events e on e.anonymous_id = linked.id
where linked.unit_type = 'anonymous'
group by all
union all
select linked.unit_type, linked.id, coalesce(bool_or(e.anonymous_id <> {id}), false) as shared
from linked
join events e on e.user_id = linked.id
where linked.unit_type = 'user'
group by all
order by all
limit {limit}
