-- A client key may hide the rules: then only evaluation is open to it.
alter table api_key add column hide_rules boolean not null default false;

-- When the configuration became what it is; every version has a time of its own.
alter table configuration_version add column changed_at timestamptz not null default now();

-- Signs what one node hands out and another one checks. Two random UUIDs hold 244 random bits.
create table signing_secret (
  id     integer primary key check (id = 1),
  secret text    not null
);
insert into signing_secret (id, secret) values (1, gen_random_uuid()::text || gen_random_uuid()::text);
