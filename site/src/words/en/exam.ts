/** The practice exam, in English. */
import type { Words } from '../words.ts'
import { plural } from './plural.ts'

export const exam: Words['exam'] = {
  title: 'Practice exam',
  description:
    'A practice exam about Kubernetes Pods, against the clock: its tasks are drawn from a seed, never the same twice, and reviewed one by one afterwards.',
  lead: 'One cluster, a dozen or so tasks, and a clock that waits for nobody. Tasks come from every chapter; names, numbers and faults are different each time.',
  rules: of =>
    `There are ${of.tasks} tasks and ${of.minutes} minutes; ${of.pass}% of the points pass.\nEach task is in a namespace of its own, with a context of the same name; switch to it before you begin.\nEvery requirement has its points, so a part that is right earns its part. Nothing tells you during the exam.\nThe clock is your machine’s, and goes on when the page is reloaded or closed. You can pause ${of.pauses === 1 ? 'once' : `${of.pauses} times`}, for ${of.rest} minutes at most; tasks and cluster are out of sight then.\nYou can make the cluster’s own time go faster, as always; that costs no time of the exam.\nThe official documentation may be used, and so may the lessons.`,
  noScript: 'The exam needs JavaScript.',
  begin: 'Begin the exam',
  benchLater: 'The workbench opens here when the exam begins.',
  given: seed => `The address brings the seed ${seed}: you get the same tasks as whoever gave it to you.`,
  past: 'Earlier results',
  percent: n => `${n}%`,
  passed: 'Passed',
  notPassed: 'Not passed',
  same: 'the same tasks again',
  paused: 'The exam is paused',
  pausedWhy:
    'The clock stands still, and tasks and cluster are put away. When the pause is used up, the exam goes on by itself.',
  resume: 'Go on',
  seed: seed => `The seed of this exam is ${seed}. Whoever opens its address gets the same tasks.`,
  task: (n, points) => `Task ${n}, ${points} points`,
  earned: (n, points, of) => `Task ${n}, ${points} of ${of} points`,
  context: 'Switch first:',
  marked: 'What earns points',
  points: n => plural(n, 'point'),
  done: 'I have done this one',
  bar: 'Time and handing in',
  timeLeft: 'Time left',
  left: minutes => `${plural(minutes, 'minute')} left`,
  ticked: (n, of) => `${n} of ${of} done`,
  pause: 'Pause',
  toEnd: 'Hand in',
  handIn: 'Hand in',
  handInWhy: 'The cluster is judged as it is at that moment, and nothing can be changed afterwards.',
  unticked: n => `${plural(n, 'task')} not marked as done yet.`,
  handInYes: 'Yes, hand in',
  handInNo: 'Look once more',
  marking: (n, of) => `Marking: ${n} of ${of}`,
  failed:
    'That did not work; perhaps something could not be fetched. Check your network and try again, or reload the page.',
  result: (points, of, pass, time) => `${points} of ${of} points; ${pass}% were needed. Time used: ${time}.`,
  another: 'New tasks',
  sameAgain: 'The same tasks again',
  look: 'Open the cluster',
  missed: 'missed',
  got: 'earned',
  taught: 'Taught in:',
  invite: 'Practice exam: against the clock, with other tasks each time',
}
