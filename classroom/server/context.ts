/** The context that every route of the server is given. */
import type { Db } from '../db/db.ts'
import type { SignedInLearner, SignedInTeacher } from '../domain/accounts.ts'
import type { Lessons } from '../domain/lessons.ts'
import type { Oidc } from '../domain/oidc.ts'
import type { NoteProgress } from '../domain/progress.ts'
import type { Services } from '../lti/service.ts'
import type { KeySource } from '../lti/token.ts'
import type { Outbound } from '../net/outbound.ts'
import type { Verifier } from '../verify/pool.ts'
import type { Changes } from './changes.ts'

export interface Classroom {
  db: Db
  lessons: Lessons
  /** Those of the course's site; the classroom itself has both. */
  languages: readonly ('zh' | 'en')[]
  noteProgress: NoteProgress
  verifier: Verifier
  changes: Changes
  lti: { keys: KeySource; services: Services }
  /** Signing in by a provider, where one is set up. */
  oidc: Oidc | undefined
  /** How addresses that people have named are asked, and which of them may be our own network's. */
  outbound: Outbound
  ownHosts: ReadonlySet<string>
  /** Where the built site is; its pages are served with the classroom's mark in them. */
  site: string
  /** The origin that people use, such as https://class.example.org. */
  origin: string
  /** Needed for the first account; printed when the server starts without any. */
  setUpToken: string
  /** Whether who teaches has to have a second factor, or a passkey. */
  secondFactor: boolean
  /** Whether the address of who asks is told by a proxy in front of this server. */
  behindProxy: boolean
}

export interface Vars {
  lang: 'zh' | 'en'
  teacher?: SignedInTeacher
  learner?: SignedInLearner
  /** The page to come back to, for whoever has to sign in first. */
  then?: string
}
export type Env = { Variables: Vars }

/** The language of the site for readers of this one. */
export const onSite = ({ languages }: Pick<Classroom, 'languages'>, lang: 'zh' | 'en'): 'zh' | 'en' =>
  languages.includes(lang) ? lang : (languages[0] ?? lang)
