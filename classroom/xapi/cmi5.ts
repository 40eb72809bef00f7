/** The words of cmi5 (a profile of xAPI for courses), and what each of its statements has to say of where it belongs. */
import { createHash } from 'node:crypto'
import { canonical } from '../../sandbox/scenario/hash.ts'

const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/'
export const CMI5 = `${CATEGORY}cmi5`
export const MOVE_ON = `${CATEGORY}moveon`
const EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions/'
export const SESSION = `${EXTENSION}sessionid`
export const MASTERY = `${EXTENSION}masteryscore`
const ADL = 'http://adlnet.gov/expapi/verbs/'
export const VERBS = {
  launched: `${ADL}launched`,
  initialized: `${ADL}initialized`,
  completed: `${ADL}completed`,
  passed: `${ADL}passed`,
  failed: `${ADL}failed`,
  terminated: `${ADL}terminated`,
  satisfied: 'https://w3id.org/xapi/adl/verbs/satisfied',
} as const
export type Verb = keyof typeof VERBS

/** A lesson is mastered when every exercise of it that counts is passed; what lateness costs is the grade's affair. */
export const MASTERY_SCORE = 1

export interface Activity {
  objectType: 'Activity'
  id: string
  definition: object
}

export interface Result {
  completion?: boolean
  success?: boolean
  score?: { scaled: number }
  duration?: string
  extensions?: object
}

export interface Statement {
  id: string
  actor: { objectType: 'Agent'; name: string; account: { homePage: string; name: string } }
  verb: { id: string; display: { en: string } }
  object: Activity
  result?: Result
  context: {
    registration: string
    platform: string
    contextActivities: Partial<Record<'category' | 'grouping' | 'parent', readonly { id: string }[]>>
    extensions: Record<string, unknown>
  }
  timestamp: string
}

/** A UUID of the form of version 5, made of what it names. */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Its id is made of what it says: the same statement sent twice is one, and one that says something else is another. */
export const withId = (said: Omit<Statement, 'id'>): Statement => ({ id: uuidOf(canonical(said)), ...said })

/** As ISO 8601 has it, in hundredths of a second, which is as exactly as two are compared. */
export const duration = (from: Date, to: Date): string => `PT${Math.max(0, Math.round((+to - +from) / 10)) / 100}S`

/** What is said when a lesson is opened: where, how, and what it takes to be done with it. */
export const launchTerms = (url: string): Record<string, unknown> => ({
  [`${EXTENSION}launchmode`]: 'Normal',
  [`${EXTENSION}launchurl`]: url,
  [`${EXTENSION}moveon`]: 'CompletedAndPassed',
  [MASTERY]: MASTERY_SCORE,
})
