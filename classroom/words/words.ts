/** The classroom's words, in one place for each language. */
import type { ProblemKind } from '../domain/problem.ts'
import type { Refusal } from '../verify/submission.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Lang = 'zh' | 'en'

export interface Words {
  name: string
  skip: string
  otherLanguage: string
  problems: Record<ProblemKind, string>
  refusals: Record<Refusal, string>
  signIn: {
    title: string
    email: string
    password: string
    code: string
    codeHelp: string
    button: string
    out: string
  }
  setUp: { title: string; lead: string; name: string; passwordHelp: string; button: string; token: string }
  twoFactor: { title: string; lead: string; secret: string; code: string; button: string; done: string }
  join: {
    title: string
    lead: string
    code: string
    nickname: string
    nicknameHelp: string
    button: string
    back: string
    backLead: string
    key: string
    backButton: string
    joined: (name: string) => string
    keyTitle: string
    keyLead: string
    begin: string
    privacy: string
  }
  classes: { title: string; none: string; newName: string; create: string; learners: (n: number) => string }
  tabs: { board: string; assignments: string; grades: string; people: string; log: string }
  board: {
    title: string
    invite: string
    qrAlt: (link: string) => string
    learner: string
    where: string
    state: string
    passed: string
    seen: string
    empty: string
    stuck: (check: string) => string
    failing: (check: string) => string
    working: string
    away: string
    live: string
    lost: string
    hintsWaiting: (n: number) => string
  }
  assignments: {
    title: string
    lesson: string
    opens: string
    due: string
    late: string
    lateHelp: string
    set: string
    utc: string
    extend: string
    extendButton: string
  }
  grades: {
    title: string
    download: string
    none: string
    cell: (passed: number, of: number) => string
    late: string
    alike: string
    alikeLead: string
    alikeNone: string
    howAlike: (percent: number) => string
  }
  people: {
    title: string
    roster: string
    rosterHelp: string
    rosterButton: string
    keys: string
    staff: string
    staffEmail: string
    role: string
    roles: Record<'teacher' | 'assistant', string>
    staffButton: string
  }
  learner: {
    submissions: string
    none: string
    states: Record<'waiting' | 'passed' | 'failed' | 'refused', string>
    watch: string
    hint: string
    hintLesson: string
    hintButton: string
    export: string
    remove: string
    removeAsk: string
  }
  log: { title: string; at: string; actor: string; action: string }
}

export const words: Record<Lang, Words> = { zh, en }
