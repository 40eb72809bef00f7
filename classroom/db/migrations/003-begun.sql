-- When a learner opened a lesson first, and what all instances have to agree on.
alter table progress add column begun timestamptz not null default now();
update progress set begun = at;

create table setting (
  name text primary key,
  value text not null
);

create index hint_unseen on hint (learner) where seen is null;
