/** Options of requests to the API server. */
import type { GroupVersionKind } from '../admission/admission.ts'
import type { UserInfo } from '../authentication/user.ts'
import type { ListOptions } from '../client.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { KubeObject } from '../types.ts'

/** What accompanies a request, whatever its verb. */
export interface RequestOptions {
  user?: UserInfo
  dryRun?: boolean
  /** The field manager; absent for control plane components that manage no fields. */
  fieldManager?: string
  /** managedFields have been worked out already, by server-side apply. */
  applied?: boolean
  /** Part of a request that has passed admission already, so admission is not asked again. */
  admitted?: boolean
  /** The version of the client's URL; the stored one when absent. */
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
  /** A subresource limits what may change. */
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
