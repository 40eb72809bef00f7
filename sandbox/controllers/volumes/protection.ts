/** Keeps claims that Pods use, and volumes that claims are bound to, from going away under them. */
import type { KindDef } from '../../api/kind.ts'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { KubeObject, Pod } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, watch } from '../controller.ts'
import { isFinished } from '../pods.ts'

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection'
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection'

/** Names of the claims of a Pod, those made for it alone included. */
export function claimNames(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap(v =>
    v.persistentVolumeClaim
      ? [v.persistentVolumeClaim.claimName]
      : v.ephemeral
        ? [`${pod.metadata.name}-${v.name}`]
        : [],
  )
}

export const claimProtectionController: Controller = {
  name: 'pvc-protection-controller',
  for: claimKind,
  watches: [
    watch(podKind, ({ type, object, old }): Key[] => {
      const over = type === 'DELETED' || (isFinished(object) && !(old && isFinished(old)))
      return over ? claimNames(object).map(name => ({ namespace: object.metadata.namespace ?? '', name })) : []
    }),
  ],
  reconcile({ namespace, name }, context) {
    const claim = context.client.find(claimKind, namespace, name)
    const inUse = (): boolean =>
      context.client
        .list(podKind, { namespace })
        .some(pod => Boolean(pod.spec.nodeName) && !isFinished(pod) && claimNames(pod).includes(name))
    if (claim) protect(context, claimKind, claim, CLAIM_FINALIZER, inUse)
  },
}

export const volumeProtectionController: Controller = {
  name: 'pv-protection-controller',
  for: volumeKind,
  reconcile({ name }, context) {
    const volume = context.client.find(volumeKind, '', name)
    if (volume) protect(context, volumeKind, volume, VOLUME_FINALIZER, () => volume.status.phase === 'Bound')
  },
}

function protect<T extends KubeObject>(
  { client }: ControllerContext,
  kind: KindDef<T>,
  object: T,
  finalizer: string,
  inUse: () => boolean,
): void {
  const { namespace = '', name, finalizers = [], deletionTimestamp } = object.metadata
  const present = finalizers.includes(finalizer)
  if (!deletionTimestamp && !present)
    client.patch(kind, namespace, name, { metadata: { finalizers: [...finalizers, finalizer] } })
  else if (deletionTimestamp && present && !inUse()) {
    const rest = finalizers.filter(f => f !== finalizer)
    client.patch(kind, namespace, name, { metadata: { finalizers: rest.length ? rest : null } })
  }
}
