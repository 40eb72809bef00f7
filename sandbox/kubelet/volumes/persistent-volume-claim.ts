/** persistentVolumeClaim and ephemeral: what the claim is bound to, a hostPath or a local path of this node. */

import { termMatcher } from '../../api/scheduling/node-selection.ts'
import type { PersistentVolume } from '../../api/types.ts'
import type { Volume } from '../../runtime/files/fs.ts'
import type { Pod } from '../types.ts'
import { makeDirectories, mountHostPath } from './host-path.ts'
import { podDirectory } from './pod-directory.ts'
import {
  giveToGroup,
  type Mounted,
  MountFailure,
  type SetUp,
  UnprocessedVolume,
  type VolumePlugin,
  type VolumeSources,
} from './volume.ts'

function grouped(pod: Pod, volume: Volume, readOnly: boolean, plugin: string): Mounted {
  if (!readOnly) giveToGroup(volume.root, pod)
  return { volume, readOnly, nodePath: `${podDirectory(pod)}/volumes/kubernetes.io~${plugin}` }
}

export const persistentVolumeClaimVolume: VolumePlugin = {
  field: 'persistentVolumeClaim',
  setUp(request) {
    const { claimName, readOnly } = request.spec.persistentVolumeClaim!
    return request.present ?? mountClaim(request, claimName, readOnly ?? false)
  },
}

/** A claim that was made for the Pod, and is called after both. */
export const ephemeralVolume: VolumePlugin = {
  field: 'ephemeral',
  setUp(request) {
    return request.present ?? mountClaim(request, `${request.pod.metadata.name}-${request.spec.name}`, false)
  },
}

function mountClaim(request: SetUp, claimName: string, readOnly: boolean): Mounted {
  const { pod, sources, spec, isInUse } = request
  const bound = boundVolume(pod, claimName, sources, spec.ephemeral !== undefined)
  const mode = bound.spec?.volumeMode ?? 'Filesystem'
  // Volumes that no container mounts are not set up, and volumeDevices are refused by the API: this one is mounted.
  if (mode !== 'Filesystem')
    throw new UnprocessedVolume(`volume ${spec.name} has volumeMode ${mode}, but is specified in volumeMounts`)
  const name = bound.metadata?.name ?? ''
  const fail: Failing = (step, message) => new MountFailure(step, name, message)
  const terms = bound.spec?.nodeAffinity?.required?.nodeSelectorTerms
  const node = terms && sources.node()
  if (node && !terms.some(term => termMatcher(term)(node)))
    throw fail('MountVolume.NodeAffinity check failed', 'no matching NodeSelectorTerms')
  const { local, accessModes } = bound.spec ?? {}
  if (local) {
    const there = request.disk.host.stat(local.path)
    const why = !there
      ? `path "${local.path}" does not exist`
      : there.type !== 'directory' && 'only directory and block device are supported'
    if (why) throw fail('MountVolume.NewMounter initialization failed', why)
  }
  if (accessModes?.length === 1 && accessModes[0] === 'ReadWriteOncePod' && isInUse(name))
    throw fail(
      'MountVolume.SetUp failed',
      'volume uses the ReadWriteOncePod access mode and is already in use by another pod',
    )
  return { ...mountSource(request, bound, readOnly, fail), persistentVolume: name }
}

type Failing = (step: string, message: string) => MountFailure

function mountSource({ pod, disk }: SetUp, bound: PersistentVolume, readOnly: boolean, fail: Failing): Mounted {
  const { hostPath, local, nfs, csi } = bound.spec ?? {}
  const name = bound.metadata?.name ?? ''
  // On a real node the provisioner's own Pod has been there first, and has left the directory open to all.
  if (hostPath && bound.metadata?.annotations?.['pv.kubernetes.io/provisioned-by'] === 'rancher.io/local-path')
    makeDirectories(disk.host, hostPath.path, 0o777)
  if (hostPath) {
    try {
      return { ...mountHostPath(disk, hostPath.path, hostPath.type ?? ''), readOnly }
    } catch (error) {
      throw fail('MountVolume.SetUp failed', (error as Error).message)
    }
  }
  if (local) return grouped(pod, disk.at(local.path), readOnly, `local-volume/${name}`)
  if (csi) {
    // A volume of the default class: its bytes are kept on the node, under the handle that the provisioner gave it.
    const path = `/var/lib/kubelet/plugins/csi/${csi.volumeHandle}`
    makeDirectories(disk.host, path)
    return grouped(pod, disk.at(path), readOnly, `csi/${name}/mount`)
  }
  throw new Error(`PersistentVolumes of this kind are not simulated: ${name}${nfs ? ' (nfs)' : ''}`)
}

/** @throws UnprocessedVolume when the claim cannot be used */
function boundVolume(pod: Pod, claimName: string, sources: VolumeSources, isOwn: boolean): PersistentVolume {
  const namespace = pod.metadata.namespace ?? ''
  const failed = (why: string): UnprocessedVolume =>
    new UnprocessedVolume(`error processing PVC ${namespace}/${claimName}: ${why}`)
  const fetch = <T>(what: string, get: () => T): T => {
    try {
      return get()
    } catch (error) {
      throw failed(`failed to fetch ${what} from API server: ${(error as Error).message}`)
    }
  }
  const { metadata, spec, status } = fetch('PVC', () => sources.claim(namespace, claimName))
  if (metadata?.deletionTimestamp && !metadata.finalizers?.includes('kubernetes.io/pvc-protection'))
    throw failed('PVC is being deleted')
  if (status?.phase !== 'Bound') throw failed('PVC is not bound')
  const name = spec?.volumeName
  if (!name) throw failed('PVC has empty pvc.Spec.VolumeName')
  const { name: podName, uid } = pod.metadata
  if (isOwn && !metadata?.ownerReferences?.some(owner => owner.controller && owner.uid === uid))
    throw new UnprocessedVolume(
      `PVC ${namespace}/${claimName} was not created for pod ${namespace}/${podName} (pod is not owner)`,
    )
  const volume = fetch(`PV ${name}`, () => sources.persistentVolume(name))
  const ref = volume.spec?.claimRef
  if (!ref)
    throw failed(
      `found PV object ${name} but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim`,
    )
  if (ref.uid !== metadata?.uid)
    throw failed(
      `found PV object ${name} but its pv.Spec.ClaimRef.UID ${ref.uid ?? ''} does not point to claim.UID ${metadata?.uid ?? ''}`,
    )
  return volume
}
