-- What a platform's column was told last: the same again would only write over what its teacher has changed there.
create table lti_sent (
  learner uuid not null references learner on delete cascade,
  line_item text not null,
  score text not null,
  primary key (learner, line_item)
);
