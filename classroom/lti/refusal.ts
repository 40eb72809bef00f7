/**
 * Reasons for refusing a platform's message; each has its words in both languages, the detail is for the administrator.
 */
export type LtiReason =
  | 'unknown-platform'
  | 'bad-request'
  | 'platform-error'
  | 'state'
  | 'replayed'
  | 'other-browser'
  | 'signature'
  | 'key'
  | 'keys-unreachable'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'issued'
  | 'nonce'
  | 'deployment'
  | 'message'
  | 'no-context'
  | 'not-instructor'

export class LtiRefusal extends Error {
  readonly reason: LtiReason
  constructor(reason: LtiReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}
