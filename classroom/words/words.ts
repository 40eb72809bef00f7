/** The classroom's words, in one place for each language. */
import type { ProblemKind } from '../domain/problem.ts'
import type { LtiReason } from '../lti/refusal.ts'
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
    staffLead: string
    staffEmail: string
    role: string
    roles: Record<'owner' | 'teacher' | 'assistant', string>
    staffButton: string
    staffRemove: string
    retention: string
    retentionDays: string
    retentionHelp: string
    retentionButton: string
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
  lti: {
    tool: string
    going: string
    goOn: string
    open: string
    window: string
    blocked: string
    blockedChoice: string
    choose: string
    chooseOne: string
    chooseMany: string
    add: string
    registered: string
    registeredWhole: string
    registeredNoDeployment: string
    refused: string
    reasons: Record<LtiReason, string>
    roster: string
    rosterLead: string
    rosterButton: string
    synced: (learners: number, staff: number, gone: number) => string
    unsent: string
    unsentLead: string
    unsentAttempts: (n: number) => string
    retry: string
  }
  password: {
    title: string
    lead: string
    current: string
    next: string
    button: string
    everywhere: string
    everywhereLead: string
  }
  passkeys: {
    title: string
    lead: string
    none: string
    name: string
    nameHelp: string
    add: string
    remove: string
    signIn: string
    failed: string
  }
  oidc: { signIn: (name: string) => string; link: string; linkLead: (name: string) => string }
  xapi: {
    title: string
    lead: string
    download: string
    endpoint: string
    key: string
    secret: string
    secretHelp: string
    send: string
    sent: (n: number) => string
    failed: string
  }
  platforms: {
    title: string
    lead: string
    auto: string
    autoLead: string
    autoButton: string
    autoOnce: string
    byHand: string
    ours: string
    theirs: string
    loginUrl: string
    launchUrl: string
    jwksUrl: string
    name: string
    issuerHelp: string
    login: string
    token: string
    jwks: string
    audience: string
    audienceHelp: string
    add: string
    registered: string
    deployments: string
    noDeployment: string
    addDeployment: string
    remove: string
    none: string
  }
}

export const words: Record<Lang, Words> = { zh, en }
