/** Pods of a StatefulSet: their names, their identity, the volumes of their claims. */
import { statefulSet as setKind } from '../../api/kinds/statefulset.ts'
import type { Pod, StatefulSet, Unsaved } from '../../api/types.ts'
import { newControllerRef } from '../owners.ts'
import type { PodTemplate } from '../podcontrol.ts'
import { REVISION_HASH } from '../templates/history.ts'

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

/** The volumes of a Pod with those of its claims. */
function withClaims(set: StatefulSet, ordinal: number, volumes: Pod['spec']['volumes']): Pod['spec']['volumes'] {
  const claims = (set.spec.volumeClaimTemplates ?? []).map(t => t.metadata!.name!)
  if (!claims.length) return volumes
  return [
    ...claims.map(name => ({ name, persistentVolumeClaim: { claimName: claimName(set, name, ordinal) } })),
    ...(volumes ?? []).filter(v => !claims.includes(v.name)),
  ]
}

const storageMatches = (set: StatefulSet, ordinal: number, pod: Pod): boolean =>
  (set.spec.volumeClaimTemplates ?? []).every(({ metadata }) => {
    const volume = pod.spec.volumes?.find(v => v.name === metadata!.name)
    return volume?.persistentVolumeClaim?.claimName === claimName(set, metadata!.name!, ordinal)
  })

/** One that the set has found, with what marks its own; undefined when it has all of that. */
export function identified(set: StatefulSet, ordinal: number, pod: Pod): Pod | undefined {
  const { name, labels } = pod.metadata
  const isNamed = labels?.[POD_NAME] === name
  const isStored = storageMatches(set, ordinal, pod)
  if (isNamed && isStored) return undefined
  const volumes = isStored ? pod.spec.volumes : withClaims(set, ordinal, pod.spec.volumes)
  return {
    ...pod,
    metadata: isNamed
      ? pod.metadata
      : { ...pod.metadata, labels: { ...labels, [POD_NAME]: name, [POD_INDEX]: String(ordinal) } },
    spec: { ...pod.spec, ...(volumes && { volumes }) },
  }
}

export function newPod(set: StatefulSet, template: PodTemplate, revision: string, ordinal: number): Unsaved<Pod> {
  const name = podName(set, ordinal)
  const spec = template.spec!
  const volumes = withClaims(set, ordinal, spec.volumes)
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
      ...(volumes && { volumes }),
    },
  }
}
