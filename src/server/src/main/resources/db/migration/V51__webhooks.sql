-- Who wants to hear of alerts. The secret signs, so it is kept as it is, and shown once.
create table webhook (
  id          text        primary key,
  url         text        not null,
  kinds       jsonb       not null,
  secret      text        not null,
  created_at  timestamptz not null
);

-- What was, is or will be told to them.
create sequence webhook_delivery_id increment by 1;

create table webhook_delivery (
  id              bigint      primary key,
  webhook_id      text        not null references webhook (id) on delete cascade,
  -- The same at every attempt, so that a receiver knows what it has already.
  message_id      text        not null unique,
  type            text        not null,
  body            text        not null,
  state           text        not null,
  attempts        integer     not null,
  next_attempt_at timestamptz not null,
  last_status     integer,
  last_error      text,
  created_at      timestamptz not null,
  finished_at     timestamptz
);

create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'PENDING';
create index webhook_delivery_list on webhook_delivery (webhook_id, id);
