-- One row per message, in the order of storing. No key and no index: duplicates are kept out before the table is
-- touched, and an index would cost more than everything else together.
create table if not exists events (
  position     bigint  not null,  -- grows by one with every row
  message_id   varchar not null,
  kind         varchar not null,  -- track, page, screen, identify, alias, group
  name         varchar not null,  -- the event's name; the kind for messages without one
  user_id      varchar,
  anonymous_id varchar,
  units        map(varchar, varchar) not null,  -- ids of other unit types
  time_ms      bigint  not null,  -- when it happened, corrected to the server's clock; milliseconds since 1970
  received_ms  bigint  not null,
  late         boolean not null,
  clamped      boolean not null,
  properties   varchar not null,  -- JSON object
  context      varchar not null,  -- JSON object
  experiment   varchar,           -- these two for exposures only
  variant      varchar
);

-- Written when storing works again after a failure: proof that it does, and a trace of how often it did not.
create table if not exists recoveries (
  time_ms bigint not null
);

-- Which user an anonymous id belongs to. The first link in time wins; equal times are told apart by the message id, so
-- that the order of arrival never matters.
create or replace view links as
select
  anonymous_id,
  first(user_id order by time_ms, message_id) as user_id
from events
where kind = 'identify' and anonymous_id is not null and user_id is not null
group by anonymous_id;
