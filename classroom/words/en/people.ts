/** Learners and teachers of a class, in English. */

export const people = {
  title: 'People',
  roster: 'Add learners from a list',
  rosterHelp: 'One nickname a line. Of a CSV file the first column is taken.',
  rosterButton: 'Add',
  keys: 'Keys of those added. Hand them out now: they are shown only once.',
  key: 'Key',
  where: 'Where it is entered',
  keysDownload: 'Take the keys along as CSV',
  staff: 'Staff',
  staffLead: 'Add a teacher who has an account here.',
  staffEmail: 'E-mail',
  role: 'Role',
  roles: { owner: 'owner', teacher: 'teacher', assistant: 'assistant (looks, and sends hints)' },
  staffButton: 'Add',
  staffRemove: 'Remove',
}
