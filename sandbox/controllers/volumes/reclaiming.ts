/** What becomes of a volume: free, bound, or released and then kept, deleted or scrubbed for the next claim. */
import { event as eventKind } from '../../api/kinds/event.ts'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageIn } from '../../api/scheduling/volume-matching.ts'
import { isNotFound } from '../../api/status.ts'
import type { PersistentVolume, PersistentVolumeClaim, Pod, Unsaved } from '../../api/types.ts'
import type { ControllerContext, Result } from '../controller.ts'
import { isFinished } from '../pods.ts'
import { BOUND_BY_CONTROLLER, LOCAL_PATH, PROVISIONED_BY, setVolumePhase } from './phases.ts'
import { claimsOf, HOST_PATH, IN_TREE, IN_TREE_PLUGINS } from './provisioning.ts'

/** How often volumes that wait for something are looked at again. */
const RESYNC: Result = { requeueAfter: 15_000, quiet: true }
const GI = 2 ** 30

/** Brings a volume's phase in line with the claim that it is kept for. */
export function syncVolume(name: string, context: ControllerContext): Result | undefined {
  const volume = context.client.find(volumeKind, '', name)
  if (!volume) return
  const { claimRef } = volume.spec
  if (!claimRef?.uid) {
    setVolumePhase(context, volume, 'Available')
    return
  }
  const named = context.client.find(claimKind, claimRef.namespace ?? '', claimRef.name ?? '')
  // Another of the same name is not the one that had it.
  const claim = named?.metadata.uid === claimRef.uid ? named : undefined
  if (!claim) return release(context, volume)
  if (!claim.spec.volumeName) return modesAgree(context, volume, claim) ? undefined : RESYNC
  if (claim.spec.volumeName === name) setVolumePhase(context, volume, 'Bound')
  else if (volume.metadata.annotations?.[PROVISIONED_BY] && volume.spec.persistentVolumeReclaimPolicy === 'Delete')
    return release(context, volume)
  else unbind(context, volume)
  return
}

/** A volume of blocks is not for a claim of files; both are told. */
function modesAgree({ events }: ControllerContext, volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  if ((volume.spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem')) return true
  const [of, to] = [volume.metadata.name, claim.metadata.name]
  const toVolume = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${to}" due to incompatible volumeMode.`
  const toClaim = `Cannot bind PersistentVolume "${of}" to requested PersistentVolumeClaim due to incompatible volumeMode.`
  events.event(volume, 'Warning', 'VolumeMismatch', toVolume)
  events.event(claim, 'Warning', 'VolumeMismatch', toClaim)
  return false
}

/** Takes back a binding: all of it when it was the controller's, only the uid when somebody kept the volume by name. */
function unbind(context: ControllerContext, volume: PersistentVolume): void {
  const { [BOUND_BY_CONTROLLER]: ours, ...annotations } = volume.metadata.annotations ?? {}
  const { annotations: _, ...metadata } = volume.metadata
  const { claimRef, ...spec } = volume.spec
  const { uid: __, ...kept } = claimRef ?? {}
  const freed = context.client.update(volumeKind, {
    ...volume,
    metadata: { ...metadata, ...(Object.keys(annotations).length && { annotations }) },
    spec: { ...spec, ...(!ours && claimRef && { claimRef: kept }) },
  } as PersistentVolume)
  setVolumePhase(context, freed, 'Available')
}

/** The claim is gone: the volume is released, and then what its policy says is done. */
function release(context: ControllerContext, volume: PersistentVolume): Result | undefined {
  const released = volume.status.phase === 'Failed' ? volume : setVolumePhase(context, volume, 'Released')
  switch (volume.spec.persistentVolumeReclaimPolicy) {
    case 'Delete':
      remove(context, released)
      return
    case 'Recycle':
      return recycle(context, released)
    default:
      return
  }
}

function remove(context: ControllerContext, volume: PersistentVolume): void {
  if (isForDriver(volume)) return
  const message = whyNotDeleted(volume)
  if (message) setVolumePhase(context, volume, 'Failed', { reason: 'VolumeFailedDelete', message })
  else {
    try {
      context.client.delete(volumeKind, '', volume.metadata.name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
}

/** Whether it is for a driver outside of the cluster's own code to delete the volume. */
function isForDriver({ metadata: { annotations }, spec }: PersistentVolume): boolean {
  const provisioner = annotations?.[PROVISIONED_BY]
  if (provisioner && provisioner !== HOST_PATH) return provisioner !== LOCAL_PATH && !provisioner.startsWith(IN_TREE)
  return Boolean(spec.csi) || annotations?.['pv.kubernetes.io/migrated-to'] !== undefined
}

/** What keeps the cluster from deleting a volume that is its own to delete. */
function whyNotDeleted({ metadata, spec }: PersistentVolume): string | undefined {
  const provisioner = metadata.annotations?.[PROVISIONED_BY]
  if (provisioner === LOCAL_PATH) return undefined
  if (provisioner && provisioner !== HOST_PATH) {
    return IN_TREE_PLUGINS.includes(provisioner)
      ? 'no deletable volume plugin matched'
      : `no volume plugin matched name: ${provisioner}`
  }
  if (spec.hostPath) {
    const { path } = spec.hostPath
    return /\/tmp\/.+/.test(path) ? undefined : `host_path deleter only supports /tmp/.+ but received provided ${path}`
  }
  const matched = spec.nfs ? 'no deletable volume plugin matched' : 'no volume plugin matched'
  return `error getting deleter volume plugin for volume "${metadata.name}": ${matched}`
}

/** A Pod that empties the volume; then the volume is there for the next claim. */
function recycle(context: ControllerContext, volume: PersistentVolume): Result | undefined {
  const { client, events } = context
  const { name } = volume.metadata
  const users = usersOf(context, volume)
  if (users.length) {
    events.event(volume, 'Normal', 'VolumeFailedRecycle', `Volume is used by pods: ${users.join(',')}`)
    return RESYNC
  }
  if (!volume.spec.hostPath && !volume.spec.nfs) {
    const message = 'No recycler plugin found for the volume!'
    setVolumePhase(context, volume, 'Failed', { reason: 'VolumeFailedRecycle', message })
    return
  }
  const podName = RECYCLER + name
  const pod = client.find(podKind, 'default', podName)
  repeatEvents(context, volume)
  if (!pod) {
    client.create(podKind, recyclerPod(volume))
    return
  }
  if (!isFinished(pod) || pod.metadata.deletionTimestamp) return
  client.delete(podKind, 'default', podName)
  if (pod.status.phase === 'Succeeded') {
    events.event(volume, 'Normal', 'VolumeRecycled', 'Volume recycled')
    unbind(context, volume)
    return
  }
  const why = pod.status.message ?? 'pod failed, pod.Status.Message unknown'
  const message = `Recycle failed: failed to recycle volume: ${why}`
  setVolumePhase(context, volume, 'Failed', { reason: 'VolumeFailedRecycle', message })
  return RESYNC
}

/** Pods that still use the claim of the volume, as long as no other claim has its name. */
function usersOf({ client }: ControllerContext, { spec: { claimRef } }: PersistentVolume): string[] {
  const { namespace = '', name = '' } = claimRef ?? {}
  if (client.find(claimKind, namespace, name)) return []
  return client
    .list(podKind, { namespace })
    .filter(pod => !isFinished(pod) && claimsOf(pod).includes(name))
    .map(pod => `${namespace}/${pod.metadata.name}`)
    .sort()
}

const RECYCLER = 'recycler-for-'

/** The volume that a Pod of this name would empty. */
export const recycledVolume = (pod: string): string | undefined =>
  pod.startsWith(RECYCLER) ? pod.slice(RECYCLER.length) : undefined

/** What happens to the Pod is told of the volume too. */
function repeatEvents({ client, events }: ControllerContext, volume: PersistentVolume): void {
  const all = client.list(eventKind, { namespace: 'default' })
  const of = (kind: string, name: string) =>
    all.filter(e => e.involvedObject.kind === kind && e.involvedObject.name === name)
  const told = new Set(of('PersistentVolume', volume.metadata.name).map(e => e.message))
  for (const { type, message } of of('Pod', RECYCLER + volume.metadata.name)) {
    const text = `Recycler pod: ${message}`
    if (!told.has(text)) events.event(volume, type === 'Warning' ? 'Warning' : 'Normal', 'RecyclerPod', text)
  }
}

function recyclerPod({ metadata: { name }, spec }: PersistentVolume): Unsaved<Pod> {
  const size = storageIn(spec.capacity)
  const least = spec.nfs ? 300 : 60
  const source = spec.nfs
    ? { nfs: { server: spec.nfs.server, path: spec.nfs.path } }
    : { hostPath: { path: spec.hostPath!.path } }
  return {
    metadata: { name: RECYCLER + name, namespace: 'default' } as Pod['metadata'],
    spec: {
      activeDeadlineSeconds: Math.max(least, Math.trunc(size / GI) * 30),
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', ...source }],
      containers: [
        {
          name: 'pv-recycler',
          image: 'registry.k8s.io/build-image/debian-base:bookworm-v1.0.6',
          command: ['/bin/sh'],
          args: ['-c', 'test -e /scrub && find /scrub -mindepth 1 -delete && test -z "$(ls -A /scrub)" || exit 1'],
          volumeMounts: [{ name: 'vol', mountPath: '/scrub' }],
        },
      ],
    },
  }
}
