/** Matching volumes to a claim: for the binder, and for the scheduler when a claim waits for its Pod. */

import { type LabelSelector, selects } from '../requests/selectors.ts'
import { quantityValue } from '../resources/quantity.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../types.ts'
import { type NodeSelectorTerm, termMatcher } from './node-selection.ts'

const CLASS = 'volume.beta.kubernetes.io/storage-class'

/** The class by its old annotation, which wins over the field. */
export const storageClassOf = ({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.annotations?.[CLASS] ?? spec.storageClassName ?? ''

/** How many bytes a list of resources has of storage. */
export const storageIn = (list: unknown): number =>
  quantityValue((list as { storage?: string } | undefined)?.storage ?? '0')

/** Whether the volume is kept for this claim, by uid or, before it was bound, by name. */
export function isKeptFor({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { namespace, name, uid } = metadata
  return claimRef?.namespace === namespace && claimRef?.name === name && (!claimRef?.uid || claimRef.uid === uid)
}

const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller'

/** The volume, kept for this claim and no other. */
export function keptFor(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): PersistentVolume {
  const { namespace, name, uid, resourceVersion } = metadata
  const { claimRef } = volume.spec
  return {
    ...volume,
    metadata: claimRef
      ? volume.metadata
      : { ...volume.metadata, annotations: { ...volume.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' } },
    spec: {
      ...volume.spec,
      claimRef: {
        ...claimRef,
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: namespace!,
        name,
        uid,
        resourceVersion,
      },
    },
  } as PersistentVolume
}

/** Whether Pods on a node can use the volume. */
export function reachableFrom({ spec }: PersistentVolume): (node: Node) => boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms as NodeSelectorTerm[] | undefined
  const any = terms?.map(termMatcher)
  return node => !any || any.some(matches => matches(node))
}

function fits({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (
    storageIn(spec.capacity) >= storageIn(claim.spec.resources?.requests) &&
    (spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
    (spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
    (claim.spec.accessModes ?? []).every(mode => spec.accessModes?.includes(mode))
  )
}

export interface Search {
  /** Only volumes that are kept for the claim by name. */
  onlyKept?: boolean
  /** The node from which it has to be reached. */
  node?: Node | undefined
}

/**
 * The smallest volume that will do; one that is kept for the claim goes before all others, whatever its class. Seen from a node
 * size alone decides; else those are tried first that can do little more than what is asked for.
 */
export function volumeFor(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  { onlyKept = false, node }: Search = {},
): PersistentVolume | undefined {
  const selector = claim.spec.selector as LabelSelector | undefined
  const modesOf = ({ spec }: PersistentVolume): number => (node ? 0 : (spec.accessModes?.length ?? 0))
  const isBetter = (a: PersistentVolume, b: PersistentVolume): boolean =>
    modesOf(a) - modesOf(b) < 0 ||
    (modesOf(a) === modesOf(b) && storageIn(a.spec.capacity) < storageIn(b.spec.capacity))
  let best: PersistentVolume | undefined
  for (const volume of volumes) {
    const { metadata, spec, status } = volume
    if ((spec.claimRef && !isKeptFor(volume, claim)) || metadata.deletionTimestamp || !fits(volume, claim)) continue
    const isNear = !node || reachableFrom(volume)(node)
    if (spec.claimRef) return isNear ? volume : undefined
    if (onlyKept || !isNear || status.phase !== 'Available') continue
    if (storageClassOf(volume) !== storageClassOf(claim)) continue
    if (selector && !selects(selector, metadata.labels)) continue
    if (!best || isBetter(volume, best)) best = volume
  }
  return best
}
