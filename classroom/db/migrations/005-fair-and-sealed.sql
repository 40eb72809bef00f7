-- Who has handed in least is judged first.
create index submission_of on submission (learner, at);

-- What is sensitive wants somebody who has signed in a moment ago.
alter table signed_in add column opened timestamptz not null default now();

-- How it was typed, in numbers, to be compared with others.
alter table submission add column rhythm jsonb;
