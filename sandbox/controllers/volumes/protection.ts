/** Keeps claims that Pods use, volumes that claims are bound to, and attributes that volumes have, from going away under them. */
import type { KindDef } from '../../api/kind.ts'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { volumeAttributesClass as attributesKind } from '../../api/kinds/storage.ts'
import type { KubeObject, PersistentVolumeClaim, Pod } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, watch } from '../controller.ts'
import { isFinished } from '../pods.ts'

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection'
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection'
const ATTRIBUTES_FINALIZER = 'kubernetes.io/vac-protection'

/** Names of the claims of a Pod, those made for it alone included. */
function claimNames(pod: Pod): string[] {
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

export const attributesProtectionController: Controller = {
  name: 'vac-protection-controller',
  for: attributesKind,
  watches: [
    watch(claimKind, ({ object, old }): Key[] => attributesOf(object, old)),
    watch(volumeKind, ({ object, old }): Key[] => attributesOf(object, old)),
  ],
  reconcile({ name }, context) {
    const { client } = context
    const inUse = (): boolean =>
      [...client.list(claimKind), ...client.list(volumeKind)].some(o => uses(o).includes(name))
    const attributes = client.find(attributesKind, '', name)
    if (attributes) protect(context, attributesKind, attributes, ATTRIBUTES_FINALIZER, inUse)
  },
}

/** The classes of attributes that a claim or a volume has, or is to have. */
function uses(object: KubeObject): string[] {
  const { spec, status } = object as Partial<PersistentVolumeClaim>
  const { currentVolumeAttributesClassName: current, modifyVolumeStatus: wanted } = status ?? {}
  const names = [spec?.volumeAttributesClassName, current, wanted?.targetVolumeAttributesClassName]
  return names.filter(name => name !== undefined)
}

const attributesOf = (...objects: (KubeObject | undefined)[]): Key[] =>
  objects.flatMap(object => (object ? uses(object).map(name => ({ namespace: '', name })) : []))

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
