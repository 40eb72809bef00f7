/** What accompanies requests to the API server. */
import type { GroupVersionKind } from './admission/admission.ts'
import type { ListOptions } from './client.ts'
import type { Draft, KindDef } from './kind.ts'
import type { KubeObject } from './types.ts'
import type { UserInfo } from './user.ts'

/** What accompanies a request, whatever its verb. */
export interface RequestOptions {
  user?: UserInfo
  dryRun?: boolean
  /** For managedFields; absent for parts of the control plane that keep none. */
  fieldManager?: string
  /** managedFields have been worked out already, by server-side apply. */
  applied?: boolean
  /** What another admitted request brings with it: admission is not asked again. */
  admitted?: boolean
  /** The version in which the client has asked; that which is kept when absent. */
  asKind?: KindDef
  warn?(text: string): void
}

export interface AdmittedView {
  objectKind: GroupVersionKind
  object: Draft
  old: KubeObject
  /** Takes over into the object what has been admitted. */
  take(draft: Draft): void
}

export interface UpdateOptions extends RequestOptions {
  /** 'status' and its like limit what may change. */
  subresource?: string
  /** What admission is shown instead of the object, and what it may change: that which a subresource such as `scale` is about. */
  view?: AdmittedView
  /** Sets everything back that the subresource is not about: before admission is asked, and after. */
  limit?(draft: Draft, old: KubeObject): void
  /** The change is a patch: what it says of the uid is checked as a field, not as a precondition. */
  patch?: boolean
}

/** Makes the new object of the old one; the result is the server's to change and keep. */
export type Change = (old: KubeObject) => Draft

export interface WatchOptions extends ListOptions {
  /** Only changes after this revision; absent: everything there is as ADDED, then changes. */
  since?: number
  /** Of Pods: only those that are bound to this node. */
  onNode?: string
}
