/** What has been: every version of every object since the learner arrived, for checks that ask about the past. */
import { type KindDef, resourceOf } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { Store, StoredObject, StoreEvent } from '../store/store.ts'

/** Of one kind; older ones are forgotten, so that an endless session does not fill the tab. */
const MOST = 20_000

export class Versions {
  readonly #byResource = new Map<string, KubeObject[]>()

  constructor(store: Store, kinds: readonly KindDef[]) {
    for (const resource of new Set(kinds.map(resourceOf))) {
      // Leases are renewed for ever and mean nothing to a check.
      if (resource === 'leases.coordination.k8s.io') continue
      for (const object of store.list(resource)) this.#note(resource, object as unknown as KubeObject)
      store.watch<StoredObject>(resource, {}, ({ object }: StoreEvent) =>
        this.#note(resource, object as unknown as KubeObject),
      )
    }
  }

  of(resource: string): readonly KubeObject[] {
    return this.#byResource.get(resource) ?? []
  }

  #note(resource: string, object: KubeObject): void {
    const versions = this.#byResource.get(resource)
    if (!versions) this.#byResource.set(resource, [object])
    else {
      versions.push(object)
      if (versions.length > MOST) versions.splice(0, MOST / 4)
    }
  }
}
