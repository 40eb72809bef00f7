/** Reasons for refusals, in English. */
import type { ProblemKind } from '../../domain/problem.ts'

export const problems = {
  'wrong-credentials': 'E-mail, password or code is not right.',
  'wrong-code': 'There is no class with this code. Check each character; there is no 0, 1, I, L or O in it.',
  'wrong-key': 'Nobody here has this key. Check each character; there is no 0, 1, I, L or O in it.',
  'nickname-taken': 'Somebody in this class has this nickname already. Take another one, or come back with your key.',
  'nickname-bad': 'A nickname has 1 to 40 characters.',
  'password-weak': 'A password has 12 to 200 characters.',
  'password-common': 'Too many people would try this password first, or your name is most of it. A sentence is better.',
  'email-bad': 'That is no e-mail address.',
  'name-bad': 'A name has 1 to 100 characters.',
  closed: 'This is closed.',
  'joining-closed': 'Nobody can join this class any more. Whoever has been in it comes back with their key.',
  'due-before-opens': 'It would be due before it opens.',
  'not-the-name': 'That is not the name, so nothing was deleted. Go back and type it as it is written.',
  forbidden: 'Your role in this class does not allow that.',
  'signed-out': 'Sign in first.',
  'still-owner': 'You still own a class or a platform. Hand it over or end it first.',
  nobody: 'Nobody here has an account with this address.',
  'not-found': 'There is nothing here.',
  'bad-request': 'Something is missing in what was sent, or it has the wrong form.',
  guessed:
    'Too many wrong attempts for this account. For an hour it is opened by a passkey, or in a browser in which you have signed in before; whoever runs this server can let you in at once.',
  broken:
    'Something has broken here, and it is none of your doing. Try again in a while; whoever runs this server finds in its log what it was.',
  'too-many': 'Too many attempts. Wait a minute, then try again.',
  full: 'You have handed in more than this classroom keeps of one learner. Tell your teacher.',
  'sign-in-again':
    'This wants somebody who has signed in a moment ago. Sign in again, and you will be brought back here.',
  'unknown-lesson': 'There is no such lesson in this course.',
  'no-lesson': 'No lesson was chosen. Go back and tick at least one.',
  'address-refused':
    'An address has to begin with https:// and be on the public internet; for others, whoever runs this server lists the host in OWN_HOSTS.',
  'platform-taken': 'This issuer is registered already with the same client ID.',
  'no-roster': 'The platform has not given this course a list of its people.',
  'oidc-refused': 'Signing in at your institution did not work. Try again; the log says why.',
  'oidc-unknown':
    'Your institution knows you, but there is no account for you here. Sign in by another way and link it, or ask whoever runs this server.',
  'oidc-taken':
    'There is an account with this address already. Sign in to it by another way, then link your institution.',
  'platform-silent': 'The platform did not answer as it should. Try again later; the log says what it answered.',
} satisfies Record<ProblemKind, string>
