/** Problems of a request that a person is told of; the words are in words/. */
export type ProblemKind =
  | 'wrong-credentials'
  | 'wrong-code'
  | 'wrong-key'
  | 'nickname-taken'
  | 'nickname-bad'
  | 'password-weak'
  | 'password-common'
  | 'email-bad'
  | 'name-bad'
  | 'closed'
  | 'joining-closed'
  | 'due-before-opens'
  | 'not-the-name'
  | 'forbidden'
  | 'still-owner'
  | 'signed-out'
  | 'not-found'
  | 'nobody'
  | 'bad-request'
  | 'too-many'
  | 'guessed'
  | 'full'
  | 'sign-in-again'
  | 'unknown-lesson'
  | 'no-lesson'
  | 'address-refused'
  | 'platform-taken'
  | 'no-roster'
  | 'platform-silent'
  | 'oidc-refused'
  | 'oidc-unknown'
  | 'oidc-taken'
  | 'broken'

export class Problem extends Error {
  readonly kind: ProblemKind
  constructor(kind: ProblemKind) {
    super(kind)
    this.kind = kind
  }
}
