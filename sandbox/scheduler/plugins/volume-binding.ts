/** Claims of a Pod must exist and be bound, to volumes that the node can reach. */
import { persistentVolume } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { storageClass } from '../../api/kinds/storage.ts'
import { reachableFrom, volumeFor } from '../../api/scheduling/volume-matching.ts'
import type { Node, PersistentVolumeClaim, Pod } from '../../api/types.ts'
import { type ClusterEvent, type Handle, type Plugin, refuseForGood } from '../framework.ts'

const ELSEWHERE = refuseForGood("node(s) didn't match PersistentVolume's node affinity")
const NONE_TO_BIND = refuseForGood("node(s) didn't find available persistent volumes to bind")
const NO_PROVISIONER = 'kubernetes.io/no-provisioner'
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
const VANISHED = refuseForGood('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)')

/** Names of the claims that a Pod mounts; `own` when it is made for this Pod alone. */
export function claimsOf(pod: Pod): { name: string; own: boolean }[] {
  const claims: { name: string; own: boolean }[] = []
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.persistentVolumeClaim) claims.push({ name: volume.persistentVolumeClaim.claimName, own: false })
    else if (volume.ephemeral) claims.push({ name: `${pod.metadata.name}-${volume.name}`, own: true })
  }
  return claims
}

export const usesClaim = (pod: Pod, { metadata: { namespace, name } }: PersistentVolumeClaim): boolean =>
  pod.metadata.namespace === namespace && claimsOf(pod).some(claim => claim.name === name)

/** A volume, a claim of the Pod's or where nodes are has changed. */
export const wakesForVolumes = (event: ClusterEvent, pod: Pod): boolean =>
  event.type === 'ClaimChanged'
    ? usesClaim(pod, event.claim)
    : event.type === 'VolumeChanged' ||
      event.type === 'NodeAdded' ||
      (event.type === 'NodeChanged' && event.what.has('labels'))

function faultOf(claim: PersistentVolumeClaim | undefined, name: string, own: boolean, pod: Pod): string | undefined {
  if (!claim) {
    return own
      ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
      : `persistentvolumeclaim "${name}" not found`
  }
  if (claim.status.phase === 'Lost')
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`
  if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`
  if (own && !claim.metadata.ownerReferences?.some(r => r.controller && r.uid === pod.metadata.uid)) {
    const { namespace, name: podName } = pod.metadata
    return `PVC ${namespace}/${name} was not created for pod ${namespace}/${podName} (pod is not owner)`
  }
  return undefined
}

export const isBound = (claim: PersistentVolumeClaim): boolean =>
  Boolean(claim.spec.volumeName) && claim.metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined

/** Whether a claim is bound only when a Pod that uses it has been given a node. */
const waitsForConsumer = (claim: PersistentVolumeClaim, { client }: Handle): boolean => {
  const name = claim.spec.storageClassName
  return Boolean(name) && client.find(storageClass, '', name!)?.volumeBindingMode === 'WaitForFirstConsumer'
}

/** A volume is there, or somebody will make one. */
function canBeBound(claim: PersistentVolumeClaim, node: Node, { client }: Handle): boolean {
  const chosen = claim.metadata.annotations?.[SELECTED_NODE]
  if (chosen && chosen !== node.metadata.name) return false
  if (volumeFor(client.list(persistentVolume), claim, { node })) return true
  return client.find(storageClass, '', claim.spec.storageClassName ?? '')?.provisioner !== NO_PROVISIONER
}

/** Claims of a Pod that are bound once it has a node. */
export const delayedClaims = (pod: Pod, handle: Handle): PersistentVolumeClaim[] =>
  claimsOf(pod).flatMap(({ name }) => {
    const claim = handle.client.find(persistentVolumeClaim, pod.metadata.namespace ?? '', name)
    return claim && !isBound(claim) && waitsForConsumer(claim, handle) ? [claim] : []
  })

export const volumeBinding: Plugin = {
  name: 'VolumeBinding',
  prepare(pod, handle) {
    const names = claimsOf(pod)
    if (!names.length) return
    const { client } = handle
    const claims: PersistentVolumeClaim[] = []
    for (const { name, own } of names) {
      const claim = client.find(persistentVolumeClaim, pod.metadata.namespace ?? '', name)
      const fault = faultOf(claim, name, own, pod)
      if (fault) return { refusal: refuseForGood(fault) }
      claims.push(claim!)
    }
    const isUnbound = (claim: PersistentVolumeClaim): boolean =>
      !isBound(claim) || handle.cluster.beingBound.has(claim.metadata.uid)
    if (claims.some(claim => isUnbound(claim) && !waitsForConsumer(claim, handle))) {
      return { refusal: refuseForGood('pod has unbound immediate PersistentVolumeClaims') }
    }
    const volumes = claims.filter(isBound).map(claim => client.find(persistentVolume, '', claim.spec.volumeName!))
    const reachable = volumes.map(volume => volume && reachableFrom(volume))
    const delayed = claims.filter(claim => !isBound(claim))
    return {
      filter({ node }) {
        if (reachable.some(r => !r)) return VANISHED
        if (!reachable.every(r => r!(node!))) return ELSEWHERE
        return delayed.every(claim => canBeBound(claim, node!, handle)) ? undefined : NONE_TO_BIND
      },
    }
  },
  wakes: wakesForVolumes,
}
