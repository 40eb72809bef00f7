/** Pods of a StatefulSet: their names, their identity, the claims that are theirs. */
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { statefulSet as setKind } from '../../api/kinds/statefulset.ts'
import type { PersistentVolumeClaim, Pod, StatefulSet, Unsaved } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'
import { REVISION_HASH } from '../history.ts'
import { newControllerRef, type OwnerReference } from '../owners.ts'
import type { PodTemplate } from '../podcontrol.ts'

const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'

export const startOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0
export const podName = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`
export const revisionOf = (pod: Pod): string => pod.metadata.labels?.[REVISION_HASH] ?? ''

/** -1 when the Pod's name is none of the set's. */
export function ordinalOf(set: StatefulSet, pod: Pod): number {
  const rest = pod.metadata.name.startsWith(`${set.metadata.name}-`)
    ? pod.metadata.name.slice(set.metadata.name.length + 1)
    : ''
  return /^\d+$/.test(rest) ? Number(rest) : -1
}

export const claimName = (set: StatefulSet, template: string, ordinal: number): string =>
  `${template}-${podName(set, ordinal)}`

export function newPod(set: StatefulSet, template: PodTemplate, revision: string, ordinal: number): Unsaved<Pod> {
  const name = podName(set, ordinal)
  const claims = (set.spec.volumeClaimTemplates ?? []).map(t => t.metadata!.name!)
  const spec = template.spec!
  return {
    metadata: {
      namespace: set.metadata.namespace ?? '',
      name,
      generateName: `${set.metadata.name}-`,
      labels: {
        ...template.metadata?.labels,
        [POD_INDEX]: String(ordinal),
        [REVISION_HASH]: revision,
        [POD_NAME]: name,
      },
      ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
      ...(template.metadata?.finalizers && { finalizers: template.metadata.finalizers }),
      ownerReferences: [newControllerRef(set, setKind)],
    },
    spec: {
      ...spec,
      hostname: name,
      ...(set.spec.serviceName && { subdomain: set.spec.serviceName }),
      ...((claims.length || spec.volumes) && {
        volumes: [
          ...claims.map(claim => ({
            name: claim,
            persistentVolumeClaim: { claimName: claimName(set, claim, ordinal) },
          })),
          ...(spec.volumes ?? []).filter(v => !claims.includes(v.name)),
        ],
      }),
    },
  }
}

/** Makes what claims are missing, and says so. */
export function createClaims({ client, events }: ControllerContext, set: StatefulSet, ordinal: number): void {
  const { namespace = '' } = set.metadata
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(set, template.metadata!.name!, ordinal)
    if (client.find(claimKind, namespace, name)) continue
    client.create(claimKind, {
      metadata: {
        name,
        namespace,
        labels: { ...template.metadata?.labels, ...set.spec.selector.matchLabels },
        ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
      },
      spec: template.spec!,
    } as never)
    events.event(
      set,
      'Normal',
      'SuccessfulCreate',
      `Create Claim ${name} Pod ${podName(set, ordinal)} in StatefulSet ${set.metadata.name} success`,
    )
  }
}

/** Gives claims the owners that the retention policy asks for, and takes others away. */
export function ownClaims(
  { client }: ControllerContext,
  set: StatefulSet,
  ordinal: number,
  pod: Pod | undefined,
): void {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {}
  const start = startOrdinal(set)
  const condemned = ordinal < start || ordinal >= start + (set.spec.replicas ?? 1)
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const claim = client.find(
      claimKind,
      set.metadata.namespace ?? '',
      claimName(set, template.metadata!.name!, ordinal),
    )
    if (!claim) continue
    const byPod = whenScaled === 'Delete' && condemned
    const bySet = whenDeleted === 'Delete' && !byPod
    const wanted: OwnerReference[] = []
    if (bySet) wanted.push(newControllerRef(set, setKind))
    if (byPod && pod) {
      const { name, uid } = pod.metadata
      wanted.push({ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true, blockOwnerDeletion: true })
    }
    setOwners(client, claim, set, pod, wanted)
  }
}

function setOwners(
  client: ControllerContext['client'],
  claim: PersistentVolumeClaim,
  set: StatefulSet,
  pod: Pod | undefined,
  wanted: readonly OwnerReference[],
): void {
  const present = claim.metadata.ownerReferences ?? []
  const others = present.filter(r => r.uid !== set.metadata.uid && !(r.kind === 'Pod' && r.name === pod?.metadata.name))
  // Somebody else is in control: hands off.
  if (others.some(r => r.controller)) return
  const ours = present.filter(r => !others.includes(r))
  if (ours.length === wanted.length && ours.every(r => wanted.some(w => w.uid === r.uid && r.controller))) return
  const ownerReferences = [...others, ...wanted]
  client.patch(claimKind, claim.metadata.namespace ?? '', claim.metadata.name, {
    metadata: { ownerReferences: ownerReferences.length ? ownerReferences : null },
  })
}
