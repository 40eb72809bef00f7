/** Allocation of the node's ids to Pods with hostUsers: false: the first free range, as long as the Pod is there. */
import { USER_NAMESPACE_LENGTH } from '../../runtime/kernel/namespaces.ts'

export class UserNamespaces {
  readonly #owners: (string | undefined)[] = []

  /** The first id of the Pod's piece. The node's own ids come before all of them. */
  take(uid: string): number {
    let at = this.#owners.indexOf(uid)
    if (at < 0) at = this.#owners.indexOf(undefined)
    if (at < 0) at = this.#owners.length
    this.#owners[at] = uid
    return (at + 1) * USER_NAMESPACE_LENGTH
  }

  release(uid: string): void {
    const at = this.#owners.indexOf(uid)
    if (at >= 0) this.#owners[at] = undefined
  }
}
