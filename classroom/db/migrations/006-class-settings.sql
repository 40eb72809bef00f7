-- In which zone a class's hours are meant, and whether its code still lets anybody in.
alter table class add column timezone text not null default 'UTC';
alter table class add column joinable boolean not null default true;

-- Who has asked to be looked at: the last time of each learner, with the record of what was done until then.
create table help (
  learner uuid primary key references learner on delete cascade,
  lesson text not null,
  text text not null,
  body text not null,
  at timestamptz not null default now(),
  answered timestamptz
);
