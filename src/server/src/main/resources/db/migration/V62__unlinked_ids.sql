-- Anonymous ids that belong to nobody, because the user they belonged to first was erased: the next user of the device must
-- not inherit what the erased one did there.
create table unlinked_id (
  anonymous_id text primary key
);

-- The planner's statistics would hold copies of what may be erased.
alter table unlinked_id alter column anonymous_id set statistics 0;
