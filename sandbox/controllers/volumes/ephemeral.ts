/** Makes the claims of generic ephemeral volumes, which live and die with their Pod. */
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { StatusError } from '../../api/status.ts'
import type { Pod } from '../../api/types.ts'
import { type Controller, type ControllerContext, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'

/** Asked of every Pod: without a closure. */
function hasEphemeral(volumes: Pod['spec']['volumes']): boolean {
  if (volumes) for (let i = 0; i < volumes.length; i++) if (volumes[i]!.ephemeral) return true
  return false
}

/** Makes a controller; it remembers the Pods at which it has not looked yet. */
export function ephemeralVolumeController(): Controller {
  /** Uids by where the Pods are. */
  const seen = new Map<string, string>()
  return {
    name: 'ephemeral-volume-controller',
    component: 'ephemeral_volume',
    for: podKind,
    ignoresOwnStatus: true,
    concerns: ({ spec }: Pod) => hasEphemeral(spec.volumes),
    watches: [
      watch(claimKind, ({ type, object: { metadata } }) => {
        const owner = metadata.ownerReferences?.find(r => r.controller && r.kind === 'Pod')
        return type === 'DELETED' && owner ? [{ namespace: metadata.namespace ?? '', name: owner.name }] : []
      }),
    ],
    reconcile({ namespace, name }, context) {
      const pod = context.client.find(podKind, namespace, name)
      const place = `${namespace}/${name}`
      if (!pod) seen.delete(place)
      if (!pod || pod.metadata.deletionTimestamp || !hasEphemeral(pod.spec.volumes)) return
      const { uid } = pod.metadata
      if (seen.get(place) !== uid) {
        // A claim is not made in a moment: the scheduler has had its first look by then.
        seen.set(place, uid)
        return { requeueAfter: 0 }
      }
      for (const volume of pod.spec.volumes ?? []) {
        try {
          if (volume.ephemeral) makeClaim(context, pod, volume)
        } catch (error) {
          if (!(error instanceof StatusError) || isNamespaceTerminating(error)) throw error
          const text = `ephemeral volume ${volume.name}: ${error.message}`
          context.events.event(pod, 'Warning', 'FailedBinding', text)
          throw error
        }
      }
      return
    },
  }
}

type Volume = NonNullable<Pod['spec']['volumes']>[number]

/** @throws StatusError that says why the Pod cannot have its claim */
function makeClaim({ client }: ControllerContext, pod: Pod, { name: volume, ephemeral }: Volume): void {
  const { name, namespace = '', uid } = pod.metadata
  const template = ephemeral!.volumeClaimTemplate!
  const claim = `${name}-${volume}`
  const present = client.find(claimKind, namespace, claim)
  if (present) {
    if (present.metadata.ownerReferences?.some(r => r.controller && r.uid === uid)) return
    const text = `PVC ${namespace}/${claim} was not created for pod ${namespace}/${name} (pod is not owner)`
    throw new StatusError(500, '', text)
  }
  const { labels, annotations } = template.metadata ?? {}
  try {
    client.create(claimKind, {
      metadata: {
        name: claim,
        namespace,
        ...(labels && { labels }),
        ...(annotations && { annotations }),
        ownerReferences: [newControllerRef(pod, podKind)],
      },
      spec: template.spec,
    })
  } catch (error) {
    if (!(error instanceof StatusError) || isNamespaceTerminating(error)) throw error
    throw new StatusError(500, '', `create PVC ${claim}: ${error.message}`)
  }
}
