/** The interface of admission plugins. Plugins are listed in `index.ts` in the order in which they run. */

import type { UserInfo } from '../authentication/user.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

export interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'
  kind: KindDef
  /** The version of it in which the client has asked. */
  requestKind: KindDef
  subresource: string
  namespace: string
  /** What refusals call it: until a name has been made of metadata.generateName, that. */
  name: string
  /** The client has sent metadata.generateName alone. */
  isNameMade: boolean
  /** Absent for DELETE. `admit` may change it; `validate` must not. */
  object: Draft | undefined
  /** Absent for CREATE. */
  old: KubeObject | undefined
  user: UserInfo
  /** By HTTP, not by a part of the simulated control plane. */
  fromOutside: boolean
  dryRun: boolean
  /** Who is said to manage the fields, for webhooks. */
  fieldManager: string | undefined
  /** Where the object is not of `kind`: options of a connection, a Binding, a Scale … */
  objectKind: GroupVersionKind | undefined
  /** Something that is itself data (a webhook, a policy) has changed the object: all are asked once more. */
  changedFromOutside: boolean
  /** This is that second time. */
  again: boolean
  warn(text: string): void
}

/** Refuses by throwing a StatusError. */
export interface AdmissionPlugin {
  /** By which it can be switched off; absent for what Kubernetes does elsewhere, and always. */
  name?: string
  /**
   * What it looks at, in the notation of webhooks' rules: `pods` for Pods themselves, `pods/binding` for a subresource,
   * `pods/*` for each of them; `*.GROUP` for all of a group, with their subresources. Everything where absent.
   */
  of?: readonly string[]
  /** Before validation; may change the object. */
  admit?(request: AdmissionRequest, server: ApiServer): void
  /** After validation. */
  validate?(request: AdmissionRequest, server: ApiServer): void
}
