-- Passkeys of teachers, and sign-ins by a provider that are under way.

create table passkey (
  id text primary key,
  teacher uuid not null references teacher on delete cascade,
  name text not null,
  public_key text not null,
  -- A counter that goes back tells of a copy.
  counter bigint not null,
  created timestamptz not null default now(),
  used timestamptz
);

-- What a passkey is asked to sign; it counts once.
create table challenge (
  challenge text primary key,
  -- Who adds a passkey; null where somebody signs in.
  teacher uuid references teacher on delete cascade,
  expires timestamptz not null
);

create table oidc_login (
  state text primary key,
  binding text not null,
  nonce text not null,
  verifier text not null,
  lang text not null,
  -- Who links an account; null where somebody signs in.
  teacher uuid references teacher on delete cascade,
  expires timestamptz not null
);

-- The step of the last one-time code that was used: each counts once.
alter table teacher add column totp_step bigint not null default 0;
