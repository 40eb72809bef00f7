/** What an admission plugin sees and may do. Plugins stand in `index.ts` in the order in which they run. */

import type { Draft, KindDef } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'
import type { UserInfo } from '../user.ts'

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'
  kind: KindDef
  subresource: string
  namespace: string
  name: string
  /** Absent for DELETE. `admit` may change it; `validate` must not. */
  object?: Draft
  /** Absent for CREATE. */
  old?: KubeObject
  user: UserInfo
  dryRun: boolean
  warn(text: string): void
}

/** Refuses by throwing a StatusError. */
export interface AdmissionPlugin {
  name: string
  /** Before validation; may change the object. */
  admit?(request: AdmissionRequest, server: ApiServer): void
  /** After validation. */
  validate?(request: AdmissionRequest, server: ApiServer): void
}
