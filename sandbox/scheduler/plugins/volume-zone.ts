/** A volume with zone or region labels is only for nodes of the same. */
import { persistentVolume } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { type Plugin, refuseForGood } from '../framework.ts'
import { claimsOf, wakesForVolumes } from './volume-binding.ts'

const ELSEWHERE = refuseForGood('node(s) had no available volume zone')
const KEYS = [
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
]

export const volumeZone: Plugin = {
  name: 'VolumeZone',
  prepare(pod, { client }) {
    const wanted: { key: string; values: Set<string> }[] = []
    for (const { name } of claimsOf(pod)) {
      const claim = client.find(persistentVolumeClaim, pod.metadata.namespace ?? '', name)
      const volume = claim?.spec.volumeName && client.find(persistentVolume, '', claim.spec.volumeName)
      for (const key of volume ? KEYS : []) {
        const value = volume ? volume.metadata.labels?.[key] : undefined
        if (value) wanted.push({ key, values: new Set(value.split('__')) })
      }
    }
    if (!wanted.length) return
    return {
      filter: ({ labels }) =>
        !KEYS.some(key => labels[key] !== undefined) || wanted.every(w => w.values.has(labels[w.key] ?? ''))
          ? undefined
          : ELSEWHERE,
    }
  },
  wakes: wakesForVolumes,
}
