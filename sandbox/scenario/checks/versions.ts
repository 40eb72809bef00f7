/** The past versions of objects since the learner arrived, for checks that ask about the past. */
import { type KindDef, resourceOf } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { Store } from '../../store/store.ts'

const DAY_MS = 24 * 3_600_000

/** Of one kind, however old: the store remembers about as many itself, so they cost little. */
const ALWAYS = 2000

/** Of one kind, however young, so that a busy session does not fill the tab. */
const MOST = 20_000

/** Versions of one kind that came one after another; they are forgotten together. */
interface Page {
  objects: KubeObject[]
  /** When the last of them came. */
  until: number
}

const PAGE = 500

export class Versions {
  readonly #now: () => number
  readonly #byResource = new Map<string, Page[]>()

  constructor(store: Store, kinds: readonly KindDef[], now: () => number) {
    this.#now = now
    for (const resource of new Set(kinds.map(resourceOf))) {
      // Leases are renewed for ever and mean nothing to a check.
      if (resource === 'leases.coordination.k8s.io') continue
      for (const object of store.list<KubeObject>(resource)) this.#note(resource, object)
      store.watch<KubeObject>(resource, {}, ({ object }) => this.#note(resource, object))
    }
  }

  /** Oldest first: all of the last day, and more where a kind changes seldom. */
  of(resource: string): readonly KubeObject[] {
    return (this.#byResource.get(resource) ?? []).flatMap(page => page.objects)
  }

  #note(resource: string, object: KubeObject): void {
    let pages = this.#byResource.get(resource)
    if (!pages) this.#byResource.set(resource, (pages = []))
    let page = pages.at(-1)
    if (!page || page.objects.length === PAGE) {
      forget(pages, this.#now() - DAY_MS)
      pages.push((page = { objects: [], until: 0 }))
    }
    page.objects.push(object)
    page.until = this.#now()
  }
}

/** Makes room for one page more. */
function forget(pages: Page[], before: number): void {
  const old = pages.findIndex(page => page.until >= before)
  const forgettable = Math.max(0, pages.length - ALWAYS / PAGE)
  const expired = Math.min(old < 0 ? pages.length : old, forgettable)
  pages.splice(0, Math.max(expired, pages.length + 1 - MOST / PAGE))
}
