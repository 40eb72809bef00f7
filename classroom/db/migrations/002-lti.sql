-- Learning platforms (LMS) that launch into classes, by LTI 1.3.

-- Keys with which we sign what we send to platforms.
create table signing_key (
  kid text primary key,
  private_jwk text not null,
  public_jwk jsonb not null,
  created timestamptz not null default now()
);

create table platform (
  id uuid primary key,
  -- Who registered it, and owns the classes that come of it.
  teacher uuid not null references teacher on delete cascade,
  name text not null,
  issuer text not null,
  client_id text not null,
  login_url text not null,
  token_url text not null,
  token_audience text,
  jwks_url text not null,
  created timestamptz not null default now(),
  unique (issuer, client_id)
);

create table deployment (
  platform uuid not null references platform on delete cascade,
  deployment text not null,
  primary key (platform, deployment)
);

-- Whom a registration that a platform begins is for.
create table registration (
  token text primary key,
  teacher uuid not null references teacher on delete cascade,
  expires timestamptz not null
);

-- A launch under way. Secrets are kept as hashes, each counts once.
create table launch (
  state text primary key,
  nonce text not null,
  -- Held by the browser that began, in a cookie or in the platform's storage.
  binding text not null,
  platform uuid not null references platform on delete cascade,
  login jsonb not null,
  claims jsonb,
  ticket text unique,
  expires timestamptz not null
);

-- People who sign in elsewhere: a provider or a platform vouches for them.
create table identity (
  issuer text not null,
  subject text not null,
  teacher uuid not null references teacher on delete cascade,
  primary key (issuer, subject)
);
alter table teacher alter column password drop not null;

create table lti_context (
  platform uuid not null references platform on delete cascade,
  deployment text not null,
  context text not null,
  class uuid not null unique references class on delete cascade,
  memberships_url text,
  primary key (platform, deployment, context)
);

create table lti_learner (
  class uuid not null references class on delete cascade,
  subject text not null,
  learner uuid not null unique references learner on delete cascade,
  primary key (class, subject)
);

-- Where the grades of a lesson go: a column of the platform's grade book for each link to it.
create table lti_line (
  class uuid not null references class on delete cascade,
  lesson text not null,
  resource_link text not null,
  line_item text,
  line_items text,
  scopes text not null,
  primary key (class, lesson, resource_link)
);

-- Grades to be sent. A row stays until the platform has taken the grade as it is then.
create table lti_score (
  learner uuid not null references learner on delete cascade,
  lesson text not null,
  version int not null default 1,
  attempts int not null default 0,
  due timestamptz not null default now(),
  -- Why it is not tried again by itself.
  problem text,
  primary key (learner, lesson)
);
create index lti_score_due on lti_score (due) where problem is null;
