-- What needs somebody's attention. One alert is open for a kind and subject at a time; closed ones are kept for a while. The
-- type json keeps the figures in their order.
create sequence alert_id increment by 1;

create table alert (
  id             bigint      primary key,
  kind           text        not null,
  subject        text        not null,
  -- Null for what concerns the server as a whole.
  experiment_key text,
  opened_at      timestamptz not null,
  closed_at      timestamptz,
  evidence       json        not null
);

create unique index alert_open on alert (kind, subject) where closed_at is null;
