-- Everything that questions are asked of: what is not sealed, and the sealed files.
create or replace view events as
select * from hot_events
{sealed};

create or replace view human_events as
select * from events where not bot;

-- Which user an anonymous id belongs to. The first link in time wins; equal times are told apart by the message id, so
-- that the order of arrival never matters.
create or replace view links as
select
  anonymous_id,
  first(user_id order by time_ms, message_id) as user_id
from human_events
anti join unlinked using (anonymous_id)
where kind = 'identify' and anonymous_id is not null and user_id is not null
group by anonymous_id;
