/** A claim of access mode ReadWriteOncePod is for one Pod at a time. */
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { type Plugin, refuse } from '../framework.ts'
import { claimsOf } from './volume-binding.ts'

const TAKEN = refuse(
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
)

export const volumeRestrictions: Plugin = {
  name: 'VolumeRestrictions',
  prepare(pod, { client, cluster }) {
    const { namespace = '' } = pod.metadata
    const exclusive = claimsOf(pod)
      .map(c => c.name)
      .filter(name =>
        client.find(persistentVolumeClaim, namespace, name)?.spec.accessModes?.includes('ReadWriteOncePod'),
      )
    if (!exclusive.length) return
    const inUse = cluster.nodes.some(node =>
      [...node.pods.values()].some(
        p => p.metadata.namespace === namespace && claimsOf(p).some(c => exclusive.includes(c.name)),
      ),
    )
    return inUse ? { filter: () => TAKEN } : undefined
  },
  wakes: event => event.type === 'PodDeleted' || event.type === 'VolumeChanged',
}
