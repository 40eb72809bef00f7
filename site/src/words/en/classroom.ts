/** A lesson that a classroom has served, in English. */
import type { Words } from '../words.ts'

export const classroom: Words['classroom'] = {
  handingIn: 'Handing in …',
  handedIn: 'Handed in; being verified.',
  counted: 'Verified: it counts.',
  notCounted: 'Verified, but not every check passed there.',
  refused: 'It was refused:',
  in: (name: string, nickname: string) => `${name} · you are ${nickname}`,
  opens: (time: string) => `opens ${time}`,
  due: (time: string) => `due ${time}`,
  mine: 'My work',
  ask: 'Ask the teacher',
  askWhat: 'What is it about? (may be empty)',
  askLead: 'Your teacher sees what you have done in this lesson so far, and what you write here.',
  askSend: 'Send',
  asked: 'Sent. The answer will stand here.',
  notAsked: 'That did not arrive. Try again.',
  hint: 'A hint from your teacher',
  hintSeen: 'Got it',
  refusals: {
    malformed: 'This is not the record of a session.',
    'too-large': 'The record is too large.',
    'unknown-lesson': 'The record is of another lesson.',
    'unknown-exercise': 'The record was handed in for another exercise.',
    'other-seed': 'The record comes from somebody else’s session.',
    impossible: 'The record describes a session that cannot have happened.',
    differs: 'Played again, the record does not give the history it was handed in with: it was changed.',
    'too-long': 'Playing the record again took too long.',
    broken: 'The record cannot be played again.',
  },
}
