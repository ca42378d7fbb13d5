-- Units whose rows may change by what came after a position: those that it speaks of, and, where anonymous ids were
-- linked, all users that these ids were ever linked to.
create temporary table touched as
with news as (
  select {unit} as unit
  from events e
  {links}
  where e.position > {position}
    and (list_contains([{names}], e.name) {or_others})
  {union_linked}
)
select distinct unit from news where unit is not null
