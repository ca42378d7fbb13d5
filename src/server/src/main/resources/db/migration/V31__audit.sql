-- Who changed what of the configuration, and who tried to. Rows are written once and never changed.
create table audit_entry (
  id          bigint      primary key generated always as identity,
  occurred_at timestamptz not null,
  actor_kind  text        not null,
  actor_id    text        not null,
  actor_name  text        not null,
  action      text        not null,
  object_kind text        not null,
  object_key  text        not null,
  -- The code of the problem that refused it; null if it was done.
  error       text,
  request_id  text,
  before      jsonb,
  after       jsonb
);

create index audit_entry_object on audit_entry (object_kind, object_key, id);
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_time on audit_entry (occurred_at, id);
