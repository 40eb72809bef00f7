/** A claim of access mode ReadWriteOncePod is for one Pod at a time. */
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import type { Pod } from '../../api/types.ts'
import { type Plugin, refuse, refuseForGood } from '../framework.ts'
import { claimsOf, usesClaim } from './volume-binding.ts'

const TAKEN = refuse(
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
)

function sharesClaim(a: Pod, b: Pod): boolean {
  const names = new Set(claimsOf(a).map(claim => claim.name))
  return a.metadata.namespace === b.metadata.namespace && claimsOf(b).some(claim => names.has(claim.name))
}

export const volumeRestrictions: Plugin = {
  name: 'VolumeRestrictions',
  prepare(pod, { client, cluster }) {
    const { namespace = '' } = pod.metadata
    const exclusive: string[] = []
    for (const { name, own } of claimsOf(pod)) {
      const claim = client.find(persistentVolumeClaim, namespace, name)
      if (!claim && !own) return { refusal: refuseForGood(`persistentvolumeclaim "${name}" not found`) }
      if (claim?.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.push(name)
    }
    if (!exclusive.length) return
    const inUse = cluster.nodes.some(node =>
      [...node.pods.values()].some(
        p => p.metadata.namespace === namespace && claimsOf(p).some(c => exclusive.includes(c.name)),
      ),
    )
    return inUse ? { filter: () => TAKEN } : undefined
  },
  wakes: (event, pod) =>
    event.type === 'ClaimChanged'
      ? usesClaim(pod, event.claim)
      : event.type === 'PodDeleted' && sharesClaim(event.pod, pod),
}
