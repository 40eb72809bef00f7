/** Claims of a StatefulSet's Pods: making what is missing, and whose they are by the retention policy. */
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { statefulSet as setKind } from '../../api/kinds/statefulset.ts'
import { isAlreadyExists, StatusError } from '../../api/status.ts'
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'
import { newControllerRef, type OwnerReference } from '../owners.ts'
import { claimName, podName, startOrdinal } from './pods.ts'

const claimOf = ({ client }: ControllerContext, set: StatefulSet, name: string): PersistentVolumeClaim | undefined =>
  client.find(claimKind, set.metadata.namespace ?? '', name)

const claimNames = (set: StatefulSet, ordinal: number): string[] =>
  (set.spec.volumeClaimTemplates ?? []).map(t => claimName(set, t.metadata!.name!, ordinal))

/** Makes what claims are missing, and says so. @throws StatusError that names all that went wrong */
export function createClaims(context: ControllerContext, set: StatefulSet, ordinal: number): void {
  const { client, events } = context
  const { name: of, namespace = '' } = set.metadata
  const pod = podName(set, ordinal)
  const errors: string[] = []
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(set, template.metadata!.name!, ordinal)
    const present = claimOf(context, set, name)
    if (present) {
      if (present.metadata.deletionTimestamp) errors.push(`pvc ${name} is being deleted`)
      continue
    }
    try {
      client.create(claimKind, {
        metadata: {
          name,
          namespace,
          labels: { ...template.metadata?.labels, ...set.spec.selector.matchLabels },
          ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
        },
        spec: template.spec!,
      })
      const text = `Create Claim ${name} Pod ${pod} in StatefulSet ${of} success`
      events.event(set, 'Normal', 'SuccessfulCreate', text)
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      errors.push(`failed to create PVC ${name}: ${error.message}`)
      const text = `Create Claim ${name} for Pod ${pod} in StatefulSet ${of} failed error: ${error.message}`
      if (!isAlreadyExists(error)) events.event(set, 'Warning', 'FailedCreate', text)
    }
  }
  if (errors.length) throw new StatusError(500, '', errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`)
}

/** Whether a new Pod would get claims that go with one that was there before. */
export function claimsAreStale(context: ControllerContext, set: StatefulSet, ordinal: number): boolean {
  if ((set.spec.persistentVolumeClaimRetentionPolicy?.whenScaled ?? 'Retain') === 'Retain') return false
  const pod = podName(set, ordinal)
  return claimNames(set, ordinal).some(name =>
    claimOf(context, set, name)?.metadata.ownerReferences?.some(r => isPod(r) && r.name === pod),
  )
}

const isPod = ({ kind, apiVersion }: OwnerReference): boolean => kind === 'Pod' && apiVersion === 'v1'

/**
 * Gives claims the owners that the retention policy asks for, and takes others away.
 * @returns whether any had to be changed
 */
export function ownClaims(context: ControllerContext, set: StatefulSet, ordinal: number, pod: Pod): boolean {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {}
  const start = startOrdinal(set)
  const condemned = ordinal < start || ordinal >= start + (set.spec.replicas ?? 1)
  const byPod = whenScaled === 'Delete' && condemned
  const bySet = whenDeleted === 'Delete' && !byPod
  const wanted: OwnerReference[] = []
  if (bySet) wanted.push(newControllerRef(set, setKind))
  if (byPod) {
    const { name, uid } = pod.metadata
    wanted.push({ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true, blockOwnerDeletion: true })
  }
  const retains = whenDeleted === 'Retain' && whenScaled === 'Retain'
  let changed = false
  for (const name of claimNames(set, ordinal)) {
    const claim = claimOf(context, set, name)
    if (claim && setOwners(context, claim, set, pod, wanted, retains)) changed = true
  }
  return changed
}

function setOwners(
  { client, events }: ControllerContext,
  claim: PersistentVolumeClaim,
  set: StatefulSet,
  pod: Pod,
  wanted: readonly OwnerReference[],
  retains: boolean,
): boolean {
  const { name, namespace = '', ownerReferences: present = [] } = claim.metadata
  const isSet = (r: OwnerReference): boolean => r.kind === 'StatefulSet' && r.name === set.metadata.name
  const ours = present.filter(r => isSet(r) || (isPod(r) && r.name === pod.metadata.name))
  // Whose owner is an earlier set or Pod of the name goes with that.
  if (ours.some(r => r.uid !== (isSet(r) ? set : pod).metadata.uid)) return false
  const others = present.filter(r => !ours.includes(r))
  const conflict = !retains && others.some(r => r.controller)
  if (conflict) {
    const text = `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`
    if (ours.length) events.event(set, 'Warning', 'ConflictingController', text)
  }
  const target = conflict ? [] : wanted
  if (ours.length === target.length && ours.every(r => r.controller && target.some(w => w.uid === r.uid))) return false
  const ownerReferences = [...others, ...target]
  client.patch(claimKind, namespace, name, {
    metadata: { ownerReferences: ownerReferences.length ? ownerReferences : null },
  })
  return true
}
