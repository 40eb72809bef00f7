/** The log of what was done in a class, in English. */

export const log = {
  at: 'When',
  actor: 'Who',
  action: 'What',
  gone: '(no longer here)',
  learner: 'the learner',
  open: 'open',
  closed: 'closed',
  /** By what stands in the log. In braces: what the deed was done with. */
  actions: {
    'class.create': 'made the class “{name}”',
    'class.change': 'changed the class: “{name}”, {timezone}, joining {joinable}',
    'class.code': 'made a new code',
    'class.hand-over': 'handed the class over to {email}',
    'class.retention': 'has learners kept for {days} days',
    'assignment.set': 'set “{lesson}”',
    'assignment.remove': 'took “{lesson}” back',
    'assignment.extend': 'gave {learner} more time for “{lesson}”',
    'roster.add': 'added {learners} learners',
    'roster.sync': 'took people over from the platform: {learners} learners, {staff} staff, {gone} gone',
    'roster.failed': 'gave no list of people: {error}',
    'staff.add': 'added {email} as {role}',
    'staff.remove': 'removed {teacher} from the staff',
    'teacher.create': 'brought a new member of staff',
    'hint.send': 'sent {learner} a hint for “{lesson}”',
    'learner.delete': 'deleted a learner',
    'learner.key': 'made a new key for {learner}',
    'learner.rename': 'renamed {learner}',
    'lti.score': 'took the grade of {learner} in “{lesson}”',
    'statements.send': 'sent statements to {endpoint}',
  } as Record<string, string>,
}
