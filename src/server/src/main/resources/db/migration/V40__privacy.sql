-- Key of the hashes by which erased units are known again: their ids are not kept. Two random UUIDs hold 244 random bits.
create table erasure_key (
  id  integer primary key check (id = 1),
  key text    not null
);
insert into erasure_key (id, key) values (1, gen_random_uuid()::text || gen_random_uuid()::text);

-- Units of which nothing is stored any more, for ever.
create table erased_unit (
  unit_hash  text   primary key,  -- HMAC-SHA-256, in hexadecimal
  quick_hash bigint not null      -- looked at first
);

create sequence erasure_number increment by 1;

create table erasure (
  id           text        primary key,
  number       bigint      not null default nextval('erasure_number'),
  unit_type    text        not null,
  unit_hash    text        not null,
  unit_id      text,                    -- null once it need not be known any more
  with_linked  boolean     not null,
  step         text        not null,
  messages     bigint      not null,
  rejects      bigint      not null,
  linked       jsonb       not null,
  failure      text,
  requested_at timestamptz not null,
  done_at      timestamptz
);

-- How long events of a name are kept.
create table retention (
  event_name text    primary key,
  keep_days  integer not null check (keep_days > 0)
);

-- The planner's statistics would hold copies of what is to be erased.
alter table erasure alter column unit_id set statistics 0, alter column linked set statistics 0;
alter table reject
  alter column message set statistics 0,
  alter column detail set statistics 0,
  alter column pointer set statistics 0;
