/** Why a platform's message is refused; each reason has its words in both languages, the detail is for whoever sets it up. */
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
