/** Makes the claims of generic ephemeral volumes, which live and die with their Pod. */
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { type Controller, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'

export const ephemeralVolumeController: Controller = {
  name: 'ephemeral-volume-controller',
  component: 'ephemeral_volume',
  for: podKind,
  ignoresOwnStatus: true,
  watches: [
    watch(claimKind, ({ type, object: { metadata } }) => {
      const owner = metadata.ownerReferences?.find(r => r.controller && r.kind === 'Pod')
      return type === 'DELETED' && owner ? [{ namespace: metadata.namespace ?? '', name: owner.name }] : []
    }),
  ],
  reconcile({ namespace, name }, { client, events }) {
    const pod = client.find(podKind, namespace, name)
    if (!pod || pod.metadata.deletionTimestamp) return
    for (const { name: volume, ephemeral } of pod.spec.volumes ?? []) {
      const template = ephemeral?.volumeClaimTemplate
      if (!template) continue
      const claim = `${name}-${volume}`
      const present = client.find(claimKind, namespace, claim)
      if (present) {
        if (present.metadata.ownerReferences?.some(r => r.controller && r.uid === pod.metadata.uid)) continue
        const text = `PVC ${namespace}/${claim} was not created for pod ${namespace}/${name} (pod is not owner)`
        events.event(pod, 'Warning', 'EphemeralVolume', text)
        continue
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
        } as never)
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error
      }
    }
  },
}
