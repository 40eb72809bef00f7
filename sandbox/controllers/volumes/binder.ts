/** Brings claims and volumes together: static ones by what they ask and offer, others through a provisioner. */
import type { Client } from '../../api/client.ts'
import { event as eventKind } from '../../api/kinds/event.ts'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageClass as classKind } from '../../api/kinds/storage.ts'
import { isKeptFor, keptFor, storageClassOf, storageIn, volumeFor } from '../../api/scheduling/volume-matching.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, type Result, watch } from '../controller.ts'
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, SELECTED_NODE, setClaimPhase, setVolumePhase } from './phases.ts'
import { defaultClass, provisionClaim, tellOfWaiting } from './provisioning.ts'
import { recycledVolume, syncVolume } from './reclaiming.ts'

/** Claims and volumes share one queue: a key without a namespace is a volume's. */
export const persistentVolumeBinder: Controller = {
  name: 'persistent-volume-binder',
  component: 'persistentvolume-controller',
  for: claimKind,
  watches: [
    // A volume that has come wakes nobody who waits for one: that is for the regular look at claims.
    watch(volumeKind, ({ type, object }) => {
      const { claimRef } = object.spec
      const keys: Key[] = type === 'DELETED' ? [] : [{ namespace: '', name: object.metadata.name }]
      if (claimRef && (claimRef.uid || type === 'DELETED'))
        keys.push({ namespace: claimRef.namespace ?? '', name: claimRef.name ?? '' })
      return keys
    }),
    watch(claimKind, ({ type, object }, client) =>
      type === 'DELETED' && object.spec.volumeName && client.find(volumeKind, '', object.spec.volumeName)
        ? [{ namespace: '', name: object.spec.volumeName }]
        : [],
    ),
    watch(podKind, ({ object: { metadata } }, client) => recycledBy(client, metadata)),
    watch(eventKind, ({ type, object: { involvedObject: of } }, client) =>
      type === 'ADDED' && of.kind === 'Pod' ? recycledBy(client, of) : [],
    ),
  ],
  reconcile(key, context) {
    return key.namespace ? syncClaim(key, context) : syncVolume(key.name, context)
  },
}

/** The volume that a Pod empties, if that is what the Pod is for. */
function recycledBy(client: Client, { namespace, name = '' }: { namespace?: string; name?: string }): Key[] {
  const volume = namespace === 'default' ? recycledVolume(name) : undefined
  return volume !== undefined && client.find(volumeKind, '', volume) ? [{ namespace: '', name: volume }] : []
}

/** A claim that still waits is looked at again from time to time. */
const RESYNC: Result = { requeueAfter: 15_000, quiet: true }

function syncClaim({ namespace, name }: Key, context: ControllerContext): Result | undefined {
  const claim = context.client.find(claimKind, namespace, name)
  if (!claim) return
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) return syncBound(claim, context)
  return claim.spec.volumeName ? syncRequested(claim, context) : syncUnbound(claim, context)
}

/** A claim that had its volume, and may have lost it. */
function syncBound(claim: PersistentVolumeClaim, context: ControllerContext): undefined {
  const lose = (reason: string, message: string): void => setClaimPhase(context, claim, 'Lost', { reason, message })
  const { volumeName } = claim.spec
  if (!volumeName)
    return void lose('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!')
  const volume = context.client.find(volumeKind, '', volumeName)
  if (!volume) lose('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!')
  else if (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid) bind(context, volume, claim)
  else lose('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly')
  return
}

/** A claim that names its volume gets that one or none. */
function syncRequested(claim: PersistentVolumeClaim, context: ControllerContext): Result | undefined {
  const { volumeName = '' } = claim.spec
  const volume = context.client.find(volumeKind, '', volumeName)
  const warn = (reason: string, message: string): void => context.events.event(claim, 'Warning', reason, message)
  if (volume?.spec.claimRef) {
    if (isKeptFor(volume, claim)) return void bind(context, volume, claim)
    warn('FailedBinding', `volume "${volumeName}" already bound to a different claim.`)
  } else if (volume) {
    const why = mismatchOf(volume, claim)
    if (!why) return void bind(context, volume, claim)
    warn('VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${why}`)
  }
  setClaimPhase(context, claim, 'Pending')
  return RESYNC
}

/** Why a volume will not do for the claim that names it. */
function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  const [has, asks] = [volume.spec, claim.spec]
  if (volume.metadata.deletionTimestamp) return `the volume is marked for deletion "${volume.metadata.name}"`
  if (storageIn(has.capacity) < storageIn(asks.resources?.requests)) return 'requested PV is too small'
  if (storageClassOf(volume) !== storageClassOf(claim)) return 'storageClassName does not match'
  if ((has.volumeAttributesClassName ?? '') !== (asks.volumeAttributesClassName ?? ''))
    return 'volumeAttributesClassName does not match'
  if ((has.volumeMode ?? 'Filesystem') !== (asks.volumeMode ?? 'Filesystem')) return 'incompatible volumeMode'
  const modes = asks.accessModes ?? []
  return modes.every(mode => has.accessModes?.includes(mode)) ? undefined : 'incompatible accessMode'
}

/** A claim that takes any volume which will do, or has one made. */
function syncUnbound(claim: PersistentVolumeClaim, context: ControllerContext): Result | undefined {
  const { client, events } = context
  const className = storageClassOf(claim)
  const storageClass = className ? client.find(classKind, '', className) : undefined
  const isDelayed = storageClass?.volumeBindingMode === 'WaitForFirstConsumer'
  // Of a volume that has come together with the claim it is first made known that it can be had.
  for (const { metadata, status } of client.list(volumeKind))
    if (!status.phase || status.phase === 'Pending') syncVolume(metadata.name, context)
  const volume = volumeFor(client.list(volumeKind), claim, { onlyKept: isDelayed })
  if (volume) return void bind(context, volume, claim)
  if (namesNoClass(claim)) {
    const found = defaultClass(context)
    if (found) {
      const spec = { storageClassName: found.metadata.name }
      // The change brings the claim here again.
      return void client.patch(claimKind, claim.metadata.namespace!, claim.metadata.name, { spec })
    }
  }
  if (isDelayed && !claim.metadata.annotations?.[SELECTED_NODE]) tellOfWaiting(context, claim)
  else if (className) {
    provisionClaim(context, claim)
    return RESYNC
  } else {
    const text = 'no persistent volumes available for this claim and no storage class is set'
    events.event(claim, 'Normal', 'FailedBinding', text)
  }
  setClaimPhase(context, claim, 'Pending')
  return RESYNC
}

const OLD_CLASS = 'volume.beta.kubernetes.io/storage-class'

const namesNoClass = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  metadata.annotations?.[OLD_CLASS] === undefined && spec.storageClassName === undefined

function bind(context: ControllerContext, volume: PersistentVolume, claim: PersistentVolumeClaim): void {
  const { client } = context
  const { namespace, name, uid } = claim.metadata
  const held = volume.spec.claimRef?.uid === uid ? volume : client.update(volumeKind, keptFor(volume, claim))
  setVolumePhase(context, held, 'Bound')
  let mine = client.get(claimKind, namespace!, name)
  if (mine.spec.volumeName !== volume.metadata.name || mine.metadata.annotations?.[BIND_COMPLETED] === undefined) {
    const annotations: Record<string, string> = { ...mine.metadata.annotations, [BIND_COMPLETED]: 'yes' }
    if (!mine.spec.volumeName) annotations[BOUND_BY_CONTROLLER] = 'yes'
    mine = client.update(claimKind, {
      ...mine,
      metadata: { ...mine.metadata, annotations },
      spec: { ...mine.spec, volumeName: volume.metadata.name },
    })
  }
  const { accessModes, volumeAttributesClassName } = volume.spec
  client.updateStatus(claimKind, {
    ...mine,
    status: {
      ...mine.status,
      phase: 'Bound',
      accessModes,
      // What the claim can hold is said as it is bound, and later by who makes it larger.
      ...(mine.status.phase !== 'Bound' && { capacity: volume.spec.capacity }),
      ...(volumeAttributesClassName && { currentVolumeAttributesClassName: volumeAttributesClassName }),
    },
  } as PersistentVolumeClaim)
}
