/** Revisions of a template, kept as ControllerRevisions: for StatefulSets and DaemonSets. */
import type { KindDef } from '../../api/kind.ts'
import { controllerRevision as revisionKind } from '../../api/kinds/controllerrevision.ts'
import type { LabelSelector } from '../../api/requests/selectors.ts'
import { isAlreadyExists } from '../../api/status.ts'
import type { ControllerRevision, KubeObject } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'
import { claim, newControllerRef } from '../owners.ts'
import type { PodTemplate } from '../podcontrol.ts'
import { dataHash, equalTemplates, inGoOrder, templateHash } from './template.ts'

export const REVISION_HASH = 'controller-revision-hash'

interface Revised extends KubeObject {
  spec: { selector: LabelSelector; template: PodTemplate; revisionHistoryLimit?: number }
}

/** How StatefulSets name and mark their revisions. */
export const OF_STATEFUL_SETS = {
  label: 'controller.kubernetes.io/hash',
  hashFor: (template: PodTemplate, collisions = 0): string => dataHash(data(template), collisions),
}

/** And DaemonSets, whose Pods bear the same hash. */
export const OF_DAEMON_SETS = {
  label: REVISION_HASH,
  hashFor: (template: PodTemplate, collisions?: number): string => templateHash(template, collisions),
}

/** Clients compare it as text, so the order of its keys is that of Kubernetes. */
const data = (template: PodTemplate) => inGoOrder({ spec: { template: { $patch: 'replace', ...template } } })

export function templateOf(revision: ControllerRevision): PodTemplate {
  const { $patch: _, ...template } = (revision.data as ReturnType<typeof data>).spec.template
  return template
}

export const isSameTemplate = (a: ControllerRevision, b: ControllerRevision): boolean =>
  equalTemplates(templateOf(a), templateOf(b))

const revisionNumber = (r: ControllerRevision): number => Number(r.revision)
const byRevision = (a: ControllerRevision, b: ControllerRevision): number =>
  revisionNumber(a) - revisionNumber(b) || (a.metadata.name < b.metadata.name ? -1 : 1)

export interface History {
  /** Oldest first, the present one included. */
  revisions: ControllerRevision[]
  present: ControllerRevision
  collisions: number
}

/** Finds the revision of the owner's template, or makes it. @param label of a new one, with the hash as its value */
export function syncHistory(
  { client }: ControllerContext,
  ownerKind: KindDef,
  owner: Revised,
  collisionCount: number | undefined,
  { label, hashFor }: { label: string; hashFor(template: PodTemplate, collisions: number | undefined): string },
): History {
  const { template, selector } = owner.spec
  const revisions = [...claim(client, revisionKind, ownerKind, owner, selector)].sort(byRevision)
  const next = revisions.length ? revisionNumber(revisions.at(-1)!) + 1 : 1
  const equal = revisions.filter(r => equalTemplates(templateOf(r), template)).at(-1)
  if (equal) {
    if (equal === revisions.at(-1)) return { revisions, present: equal, collisions: collisionCount ?? 0 }
    // Going back to an old template makes it the newest revision again.
    const present = client.update(revisionKind, { ...equal, revision: next })
    return { revisions: [...revisions.filter(r => r !== equal), present], present, collisions: collisionCount ?? 0 }
  }
  for (let collisions = collisionCount; ; collisions = (collisions ?? 0) + 1) {
    const hash = hashFor(template, collisions)
    const { namespace = '', name } = owner.metadata
    try {
      const present = client.create(revisionKind, {
        metadata: {
          name: `${name.slice(0, 223)}-${hash}`,
          namespace,
          labels: { ...template.metadata?.labels, [label]: hash },
          ...(owner.metadata.annotations && { annotations: owner.metadata.annotations }),
          ownerReferences: [newControllerRef(owner, ownerKind)],
        },
        data: data(template),
        revision: next,
      })
      return { revisions: [...revisions, present], present, collisions: collisions ?? 0 }
    } catch (error) {
      if (!isAlreadyExists(error)) throw error
    }
  }
}

/**
 * Forgets the oldest revisions beyond the limit that no Pod is of.
 * @param liveCount whether those that have Pods count against the limit, as a DaemonSet's do
 */
export function truncateHistory(
  { client }: ControllerContext,
  owner: Revised,
  history: History,
  live: ReadonlySet<string>,
  liveCount = false,
): void {
  const old = history.revisions.filter(r => r !== history.present)
  const spare = old.filter(r => !live.has(r.metadata.name) && !live.has(hashOf(r)))
  const excess = (liveCount ? old : spare).length - (owner.spec.revisionHistoryLimit ?? 10)
  for (const r of spare.slice(0, Math.max(0, excess))) {
    client.delete(revisionKind, r.metadata.namespace ?? '', r.metadata.name)
  }
}

export const hashOf = (r: ControllerRevision): string => r.metadata.labels?.[REVISION_HASH] ?? ''
