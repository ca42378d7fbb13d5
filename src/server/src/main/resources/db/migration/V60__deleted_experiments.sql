-- When an experiment of a key was last deleted after it had run. Its exposures stay where they are; an experiment that gets
-- the key next and randomises anew has nothing to do with them.
create table deleted_experiment (
  key        text        primary key,
  deleted_at timestamptz not null
);

alter table experiment add column key_free_since timestamptz;
