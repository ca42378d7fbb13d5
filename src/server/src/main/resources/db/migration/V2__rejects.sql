-- Messages that were not taken in, for whoever looks for them. Only the newest are kept.
create sequence reject_id increment by 50;

create table reject (
  id           bigint      primary key,
  rejected_at  timestamptz not null,
  code         text        not null,
  pointer      text        not null,
  detail       text        not null,
  route        text        not null,
  key_id       text        not null,
  message      text        not null
);

create index reject_code on reject (code, id);
