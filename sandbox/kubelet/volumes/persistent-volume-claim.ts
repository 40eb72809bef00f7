/** persistentVolumeClaim: what the claim is bound to, a hostPath or a local path of this node. */

import type { Volume } from '../../runtime/files/fs.ts'
import type { Pod } from '../types.ts'
import { makeDirectories, mountHostPath } from './host-path.ts'
import { podDirectory } from './pod-directory.ts'
import { giveToGroup, type Mounted, type VolumePlugin } from './volume.ts'

function grouped(pod: Pod, volume: Volume, readOnly: boolean, plugin: string): Mounted {
  if (!readOnly) giveToGroup(volume.root, pod)
  return { volume, readOnly, nodePath: `${podDirectory(pod)}/volumes/kubernetes.io~${plugin}` }
}

export const persistentVolumeClaimVolume: VolumePlugin = {
  field: 'persistentVolumeClaim',
  setUp({ pod, spec, disk, sources, present }) {
    if (present) return present
    const { claimName, readOnly = false } = spec.persistentVolumeClaim!
    const claim = sources.claim(pod.metadata.namespace ?? '', claimName)
    const name = claim.spec?.volumeName
    if (!name || claim.status?.phase !== 'Bound') {
      throw new Error(`error processing PVC ${pod.metadata.namespace}/${claimName}: PVC is not bound`)
    }
    const { metadata, spec: source } = sources.persistentVolume(name)
    const { hostPath, local, nfs, csi } = source ?? {}
    // On a real node the provisioner's own Pod has been there first, and has left the directory open to all.
    if (hostPath && metadata?.annotations?.['pv.kubernetes.io/provisioned-by'] === 'rancher.io/local-path')
      makeDirectories(disk.host, hostPath.path, 0o777)
    if (hostPath) return { ...mountHostPath(disk, hostPath.path, hostPath.type ?? ''), readOnly }
    if (local) {
      if (!disk.host.stat(local.path)) throw new Error(`path "${local.path}" does not exist`)
      return grouped(pod, disk.at(local.path), readOnly, `local-volume/${name}`)
    }
    if (csi) {
      // A volume of the default class: its bytes are kept on the node, under the handle that the provisioner gave it.
      const path = `/var/lib/kubelet/plugins/csi/${csi.volumeHandle}`
      makeDirectories(disk.host, path)
      return grouped(pod, disk.at(path), readOnly, `csi/${name}/mount`)
    }
    throw new Error(`PersistentVolumes of this kind are not simulated: ${name}${nfs ? ' (nfs)' : ''}`)
  },
}
