/** One learner's attempt at one lesson, in the terms of SCORM 1.2: what the LMS has kept, and what it is told. */
import type { ScormApi } from './api.ts'
import { type Kept, pack, unpack } from './suspend.ts'

export interface Facts {
  /** The exercises that count. */
  counted: readonly string[]
  /** Per cent with which it is passed; without one it is completed when all of them are. */
  pass?: number
}

export interface Attempt {
  /** The learner's name, as the LMS has it; '' where it does not say. */
  readonly learner: string
  /** What was kept last time. */
  readonly kept: Kept | undefined
  /** Where the learner was: the language, and a place in the page. */
  readonly location: string
  /** @returns whether the LMS has taken it, and whether all of it had room */
  save(kept: Kept, location: string): { taken: boolean; whole: boolean }
  finish(seconds: number): void
}

/** CMITimespan. */
export function timespan(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.min(Math.floor(seconds / 3600), 9999)
  return `${String(hours).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`
}

/** Of a hundred. */
export const scoreOf = (passed: readonly string[], { counted }: Facts): number =>
  counted.length === 0 ? 100 : Math.round((100 * counted.filter(id => passed.includes(id)).length) / counted.length)

const DONE = ['passed', 'completed']
/** CMIString255. */
const LONGEST_LOCATION = 255

/** @returns undefined where the LMS refuses to begin */
export function beginAttempt(api: ScormApi, facts: Facts): Attempt | undefined {
  const yes = (answer: string | boolean): boolean => String(answer) === 'true'
  if (!yes(api.LMSInitialize(''))) return undefined
  const get = (element: string): string => String(api.LMSGetValue(element) ?? '')
  // A look back at something finished changes nothing.
  const counts = !['browse', 'review'].includes(get('cmi.core.lesson_mode'))
  let status = get('cmi.core.lesson_status')
  let best = Number(get('cmi.core.score.raw')) || 0
  let refused = false
  const set = (element: string, value: string): void => {
    if (yes(api.LMSSetValue(element, value))) return
    refused = true
    const code = String(api.LMSGetLastError())
    console.warn(`The LMS does not take ${element}: ${code} ${api.LMSGetErrorString(code)}`)
  }

  if (counts && !DONE.includes(status) && status !== 'incomplete') {
    status = 'incomplete'
    set('cmi.core.lesson_status', status)
    api.LMSCommit('')
  }
  return {
    learner: get('cmi.core.student_id'),
    kept: unpack(get('cmi.suspend_data')),
    location: get('cmi.core.lesson_location'),
    save(kept, location) {
      const { text, whole } = pack(kept)
      if (!counts) return { taken: true, whole }
      refused = false
      // What was reached once is not taken away by beginning anew.
      best = Math.max(best, scoreOf(kept.progress.passed, facts))
      if (facts.counted.length > 0) {
        set('cmi.core.score.min', '0')
        set('cmi.core.score.max', '100')
        set('cmi.core.score.raw', String(best))
      }
      if (!DONE.includes(status) && best >= (facts.pass ?? 100))
        status = facts.pass === undefined ? 'completed' : 'passed'
      set('cmi.core.lesson_status', status)
      set('cmi.core.lesson_location', location.slice(0, LONGEST_LOCATION))
      set('cmi.suspend_data', text)
      return { taken: yes(api.LMSCommit('')) && !refused, whole }
    },
    finish(seconds) {
      set('cmi.core.session_time', timespan(seconds))
      // Without it an LMS forgets what was kept.
      set('cmi.core.exit', 'suspend')
      api.LMSCommit('')
      api.LMSFinish('')
    },
  }
}
