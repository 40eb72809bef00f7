-- Teachers, classes, learners, their work and its grades.

create table teacher (
  id uuid primary key,
  email text not null unique,
  name text not null,
  password text not null,
  totp text,
  created timestamptz not null default now()
);

create table class (
  id uuid primary key,
  name text not null,
  code text not null unique,
  -- Learners' seeds are made from it, so it never leaves the server.
  secret text not null,
  retention_days int not null default 365,
  created timestamptz not null default now()
);

create table staff (
  class uuid not null references class on delete cascade,
  teacher uuid not null references teacher on delete cascade,
  role text not null check (role in ('owner', 'teacher', 'assistant')),
  primary key (class, teacher)
);

create table learner (
  id uuid primary key,
  class uuid not null references class on delete cascade,
  nickname text not null,
  -- Of the words by which a learner comes back on another machine.
  return_key text not null unique,
  joined timestamptz not null default now(),
  seen timestamptz not null default now(),
  unique (class, nickname)
);

create table signed_in (
  token text primary key,
  teacher uuid references teacher on delete cascade,
  learner uuid references learner on delete cascade,
  expires timestamptz not null,
  check ((teacher is null) <> (learner is null))
);

create table assignment (
  id uuid primary key,
  class uuid not null references class on delete cascade,
  lesson text not null,
  opens timestamptz,
  due timestamptz,
  -- Per cent taken off for each day begun after the due date; 100 means that nothing late counts.
  late_percent int not null default 0 check (late_percent between 0 and 100),
  unique (class, lesson)
);

create table extension (
  assignment uuid not null references assignment on delete cascade,
  learner uuid not null references learner on delete cascade,
  due timestamptz not null,
  primary key (assignment, learner)
);

-- Where everybody is: one row for a learner and a lesson.
create table progress (
  learner uuid not null references learner on delete cascade,
  lesson text not null,
  exercise text,
  -- The check that fails, when one does, and since when.
  failing text,
  failing_since timestamptz,
  passed int not null default 0,
  at timestamptz not null default now(),
  primary key (learner, lesson)
);

create table submission (
  id uuid primary key,
  learner uuid not null references learner on delete cascade,
  lesson text not null,
  exercise text not null,
  -- SHA-256 of what was handed in: the same thing sent again is the same submission.
  digest text not null,
  body text not null,
  at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'passed', 'failed', 'refused')),
  -- Until when an instance that judges it has it for itself.
  leased timestamptz,
  refusal text,
  detail text,
  checks jsonb,
  hints int not null default 0,
  unique (learner, digest)
);
create index submission_waiting on submission (at) where state = 'waiting';
create index submission_by_exercise on submission (lesson, exercise);

create table hint (
  id uuid primary key,
  learner uuid not null references learner on delete cascade,
  lesson text not null,
  text text not null,
  at timestamptz not null default now(),
  seen timestamptz
);

-- Who did what; it outlives the people in it.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  class uuid,
  actor text not null,
  action text not null,
  detail jsonb not null default '{}'
);
