/** Assignments, in English. */

export const assignments = {
  lesson: 'Lesson',
  opens: 'Opens',
  due: 'Due',
  late: 'Per cent off a day',
  lateHelp: '100: nothing late counts. 0: lateness costs nothing.',
  set: 'Set',
  title: 'Set lessons',
  lessons: 'Lessons',
  none: 'No lesson has been set yet.',
  zone: (zone: string) => `Times are in ${zone}.`,
  again: 'Setting a lesson again changes its dates.',
  change: 'Change',
  remove: 'No longer set',
  longer: 'Who has longer',
  extend: 'More time',
  extendButton: 'Give more time',
}
