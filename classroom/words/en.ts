/** The classroom's words in English: short ones here, those of a page in a file of their own. */

import { en as site } from '../../site/src/words/en.ts'
import type { Refusal } from '../verify/submission.ts'
import { assignments } from './en/assignments.ts'
import { board } from './en/board.ts'
import { grades } from './en/grades.ts'
import { join } from './en/join.ts'
import { learner } from './en/learner.ts'
import { log } from './en/log.ts'
import { lti } from './en/lti.ts'
import { people } from './en/people.ts'
import { platforms } from './en/platforms.ts'
import { problems } from './en/problems.ts'
import { settings } from './en/settings.ts'

export const en = {
  name: 'Podlab classroom',
  skip: 'Skip to content',
  otherLanguage: '中文',
  course: 'Course',
  problems,
  refusals: site.classroom.refusals satisfies Record<Refusal, string>,
  signIn: {
    title: 'Sign in to teach',
    email: 'E-mail',
    password: 'Password',
    code: 'Code',
    codeHelp: 'Six digits from your authenticator app, if you have set one up.',
    button: 'Sign in',
    again: 'Sign in again to do this',
    out: 'Sign out',
  },
  setUp: {
    title: 'The first account',
    lead: 'This classroom has no teacher yet. The server has printed a token when it started; whoever has it may make the first account.',
    name: 'Your name',
    passwordHelp: 'At least 12 characters. A sentence is a good password.',
    button: 'Make the account',
    token: 'Token',
  },
  twoFactor: {
    title: 'A second factor',
    must: 'This classroom asks more than a password of who teaches: set this up, or add a passkey, before you go on.',
    lead: 'Add this account to an authenticator app (scan the code or type the secret), then enter the six digits it shows. From then on they are asked for when you sign in.',
    secret: 'Secret',
    code: 'Six digits',
    button: 'Turn on',
    done: 'The second factor is on: when you sign in with your password, you are asked for a code.',
    offLead: 'Without it, the password alone signs you in. To move to another app, turn it off and on again.',
    off: 'Turn off',
  },
  join,
  classes: {
    title: 'Your classes',
    none: 'No class yet.',
    newName: 'Name of a new class',
    create: 'Make the class',
    learners: (n: number) => `${n} ${n === 1 ? 'learner' : 'learners'}`,
    account: 'Your account',
  },
  tabs: {
    board: 'Board',
    assignments: 'Assignments',
    grades: 'Grades',
    people: 'People',
    log: 'Log',
    settings: 'Settings',
  },
  board,
  assignments,
  grades,
  people,
  learner,
  me: {
    title: 'My work',
    youAre: (nickname: string) => `You are ${nickname}.`,
    nothingSet: 'Your teacher has set no lesson yet.',
    late: (percent: number) => `${percent} % off for each day late`,
    kept: 'What is kept of you',
    take: 'Take a copy (JSON)',
    leave: 'Leave this browser',
    forget: 'Delete me',
    forgetLead: 'Everything that is kept of you in this class is deleted, grades as well. Nobody can bring it back.',
    forgetAsk: 'Type your nickname',
  },
  settings,
  log,
  lti,
  password: {
    title: 'Password and sessions',
    sessions: 'Where you are signed in',
    own: 'this browser',
    end: 'End it',
    lead: 'A new password ends all your sessions; sign in with it then.',
    current: 'Current password (empty if you have none yet)',
    next: 'New password',
    button: 'Change the password',
    everywhere: 'Sign out everywhere',
    everywhereLead: 'Ends your sessions on every machine, this one included.',
  },
  leaving: {
    title: 'Delete my account',
    lead: 'Your account, passkeys and sessions are deleted, and you are on the staff of no class any more. What you did as staff stays in the log under your e-mail, for two years at most.',
    first: 'These are yours. Hand each of them over, or end it; then you can go:',
    ask: 'Type your e-mail',
    button: 'Delete my account',
  },
  passkeys: {
    title: 'Passkeys',
    lead: 'With a passkey you sign in by your device’s fingerprint, face or PIN, without a password and without a code.',
    none: 'No passkey yet.',
    name: 'Name of the new passkey',
    nameHelp: 'Such as the device it is on.',
    add: 'Add a passkey',
    remove: 'Remove',
    signIn: 'Sign in with a passkey',
    failed: 'That did not work. Try again.',
  },
  oidc: {
    signIn: (name: string) => `Sign in with ${name}`,
    link: 'Link my account there',
    linkLead: (name: string) => `Once your account at ${name} is linked, you can sign in with it.`,
  },
  xapi: {
    title: 'xAPI statements',
    lead: 'What happened in this class, with the verbs of cmi5: as a file, or sent to a Learning Record Store.',
    download: 'Download as JSON',
    endpoint: 'Endpoint of the store',
    key: 'Key',
    secret: 'Secret',
    secretHelp: 'Used for this once, and not kept.',
    send: 'Send to the store',
    sent: (n: number) => `The store has taken ${n} ${n === 1 ? 'statement' : 'statements'}.`,
    failed: 'The store has not taken them all:',
  },
  platforms,
}
