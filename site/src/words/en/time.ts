/** The controls of virtual time, in English. */
import type { Words } from '../words.ts'

export const time: Words['time'] = {
  label: 'Time',
  pause: 'Pause',
  play: 'Resume',
  step: 'Skip to the next change',
  back: 'Back to the change before',
  nothingNext: 'Nothing will change within the next hour',
  speed: 'Speed of time',
  speedOf: n => `${n}× speed`,
  elapsed: t => `Cluster time ${t}`,
  timeline: 'Timeline; the arrow keys go from event to event',
  rewind: 'Back to here',
  rewindTo: (reason, object) => `Back to here: ${reason} ${object}`,
  past: 'You are looking at the past, and time stands still. Resume, and it happens again just as it did; do something else, and history takes another course from here.',
  branched: 'History has taken another course: what came later never happens.',
  present: 'Back to the present',
  unbranch: 'Back to the present as it was',
}
