-- How often a password was tried within the hour: for an account, and for each browser that has signed in to it before.
create table sign_in_try (
  who text primary key,
  tries int not null,
  expires timestamptz not null
);

-- Browsers in which somebody has signed in. Only the hash of what they hold is kept.
create table known_browser (
  token text not null,
  teacher uuid not null references teacher on delete cascade,
  expires timestamptz not null,
  primary key (token, teacher)
);
