/** Brings claims and volumes together: static ones by what they ask and offer, others through a provisioner. */
import { node as nodeKind } from '../../api/kinds/node.ts'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageClass as classKind } from '../../api/kinds/storage.ts'
import { isKeptFor, keptFor, storageClassOf, volumeFor } from '../../api/scheduling/volume-matching.ts'
import { isNotFound } from '../../api/status.ts'
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, type Result, watch } from '../controller.ts'
import { isFinished } from '../pods.ts'

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed'
const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller'
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by'
const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner'
const OLD_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner'
const NO_PROVISIONER = 'kubernetes.io/no-provisioner'
/** The provisioner that is simulated: directories of the node that the Pod is on. */
export const LOCAL_PATH = 'rancher.io/local-path'

/** Claims and volumes share one queue: a key without a namespace is a volume's. */
export const persistentVolumeBinder: Controller = {
  name: 'persistent-volume-binder',
  component: 'persistentvolume-controller',
  for: claimKind,
  watches: [
    watch(volumeKind, ({ type, object }, client) => {
      const { claimRef } = object.spec
      const keys: Key[] = type === 'DELETED' ? [] : [{ namespace: '', name: object.metadata.name }]
      if (claimRef) return [...keys, { namespace: claimRef.namespace ?? '', name: claimRef.name ?? '' }]
      return [
        ...keys,
        ...client
          .list(claimKind)
          .filter(c => c.status.phase === 'Pending')
          .map(keyOf),
      ]
    }),
    watch(claimKind, ({ type, object }, client) =>
      type === 'DELETED' && object.spec.volumeName && client.find(volumeKind, '', object.spec.volumeName)
        ? [{ namespace: '', name: object.spec.volumeName }]
        : [],
    ),
    watch(classKind, ({ object }, client) =>
      client
        .list(claimKind)
        .filter(c => c.status.phase === 'Pending' && storageClassOf(c) === object.metadata.name)
        .map(keyOf),
    ),
  ],
  reconcile(key, context) {
    if (key.namespace) return syncClaim(key, context)
    syncVolume(key.name, context)
    return
  },
}

/** A claim that still waits is looked at again from time to time. */
const RESYNC: Result = { requeueAfter: 15_000, quiet: true }

function syncClaim({ namespace, name }: Key, context: ControllerContext): Result | undefined {
  const { client } = context
  const claim = client.find(claimKind, namespace, name)
  if (!claim) return
  const { volumeName } = claim.spec
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) {
    const volume = volumeName ? client.find(volumeKind, '', volumeName) : undefined
    if (!volume)
      lose(context, claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!')
    else if (isKeptFor(volume, claim)) bind(context, volume, claim)
    else lose(context, claim, 'ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly')
    return
  }
  if (volumeName) {
    const volume = client.find(volumeKind, '', volumeName)
    if (volume && (!volume.spec.claimRef || isKeptFor(volume, claim))) bind(context, volume, claim)
    else setPhase(context, claim, 'Pending')
    return
  }
  const storageClass = storageClassOf(claim) ? client.find(classKind, '', storageClassOf(claim)) : undefined
  const waits =
    storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.metadata.annotations?.[SELECTED_NODE]
  const node = claim.metadata.annotations?.[SELECTED_NODE]
  const volume = volumeFor(client.list(volumeKind), claim, {
    onlyKept: waits,
    node: node ? client.find(nodeKind, '', node) : undefined,
  })
  if (volume) bind(context, volume, claim)
  else {
    setPhase(context, claim, 'Pending')
    provide(context, claim, storageClass, waits)
    return RESYNC
  }
  return
}

function bind({ client, clock }: ControllerContext, volume: PersistentVolume, claim: PersistentVolumeClaim): void {
  const { namespace, name, uid } = claim.metadata
  const held = volume.spec.claimRef?.uid === uid ? volume : client.update(volumeKind, keptFor(volume, claim))
  if (held.status.phase !== 'Bound') {
    client.updateStatus(volumeKind, {
      ...held,
      status: { phase: 'Bound', lastPhaseTransitionTime: clock.timestamp() },
    } as PersistentVolume)
  }
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
  const { conditions } = mine.status
  client.updateStatus(claimKind, {
    ...mine,
    status: {
      phase: 'Bound',
      accessModes: volume.spec.accessModes,
      capacity: volume.spec.capacity,
      ...(conditions && { conditions }),
    },
  } as PersistentVolumeClaim)
}

function setPhase({ client }: ControllerContext, claim: PersistentVolumeClaim, phase: string): void {
  if (claim.status.phase !== phase)
    client.updateStatus(claimKind, { ...claim, status: { ...claim.status, phase } } as PersistentVolumeClaim)
}

function lose(context: ControllerContext, claim: PersistentVolumeClaim, reason: string, message: string): void {
  if (claim.status.phase === 'Lost') return
  const { accessModes: _modes, capacity: _capacity, ...status } = claim.status
  context.client.updateStatus(claimKind, { ...claim, status: { ...status, phase: 'Lost' } } as PersistentVolumeClaim)
  context.events.event(claim, 'Warning', reason, message)
}

/** No volume fits: one has to be made, or the claim waits. */
function provide(
  context: ControllerContext,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass | undefined,
  waits: boolean,
): void {
  const { client, events } = context
  const name = storageClassOf(claim)
  if (!name) {
    events.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    )
  } else if (!storageClass) {
    events.event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${name}" not found`)
  } else if (waits) {
    tellOfWaiting(context, claim)
  } else if (storageClass.provisioner === NO_PROVISIONER) {
    // Nobody makes volumes of this class; whoever waits for one is told so by the scheduler.
  } else {
    const { provisioner } = storageClass
    const { namespace = '', annotations } = claim.metadata
    if (annotations?.[STORAGE_PROVISIONER] !== provisioner) {
      client.patch(claimKind, namespace, claim.metadata.name, {
        metadata: { annotations: { [STORAGE_PROVISIONER]: provisioner, [OLD_STORAGE_PROVISIONER]: provisioner } },
      })
      // The change brings the claim here again.
      return
    }
    const text = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
    events.event(claim, 'Normal', 'ExternalProvisioning', text)
    if (provisioner === LOCAL_PATH) provision(context, claim, storageClass)
  }
}

/** A claim that is bound when a Pod uses it waits for that Pod, or for its node. */
function tellOfWaiting({ client, events }: ControllerContext, claim: PersistentVolumeClaim): void {
  const { namespace = '', name } = claim.metadata
  const users = client
    .list(podKind, { namespace })
    .filter(pod => !pod.spec.nodeName && !isFinished(pod) && claimsOf(pod).includes(name))
    .map(pod => pod.metadata.name)
  if (!users.length)
    events.event(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding')
  else {
    const who = users.length > 1 ? `pods ${users.join(',')}` : `pod ${users[0]}`
    events.event(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${who} to be scheduled`)
  }
}

const claimsOf = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : ephemeral ? [`${pod.metadata.name}-${name}`] : [],
  )

/** What keeps the provisioner from making a volume for a claim. */
function refusal({ spec }: PersistentVolumeClaim): string | undefined {
  if (spec.selector) return 'claim.Spec.Selector is not supported'
  const beyond = (['dataSource', 'dataSourceRef', 'volumeAttributesClassName'] as const).find(field => spec[field])
  return beyond && `spec.${beyond}: not simulated`
}

/** A directory on the node that has been chosen for the Pod. */
function provision(
  { client, events }: ControllerContext,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
): void {
  const { namespace = '', name, uid, annotations } = claim.metadata
  const node = annotations?.[SELECTED_NODE]
  const volume = `pvc-${uid}`
  if (!node || client.find(volumeKind, '', volume)) return
  events.event(
    claim,
    'Normal',
    'Provisioning',
    `External provisioner is provisioning volume for claim "${namespace}/${name}"`,
  )
  const why = refusal(claim)
  if (why) {
    const text = `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${why}`
    events.event(claim, 'Warning', 'ProvisioningFailed', text)
    return
  }
  client.create(volumeKind, {
    metadata: { name: volume, annotations: { [PROVISIONED_BY]: LOCAL_PATH } },
    spec: {
      capacity: { storage: (claim.spec.resources?.requests as { storage?: string } | undefined)?.storage },
      accessModes: claim.spec.accessModes,
      volumeMode: claim.spec.volumeMode,
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      hostPath: { path: `/var/local-path-provisioner/${volume}_${namespace}_${name}`, type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  } as never)
  events.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${volume}`)
}

function syncVolume(name: string, context: ControllerContext): void {
  const { client } = context
  const volume = client.find(volumeKind, '', name)
  if (!volume) return
  const { claimRef } = volume.spec
  if (!claimRef?.uid) {
    setVolumePhase(context, volume, 'Available')
    return
  }
  const claim = client.find(claimKind, claimRef.namespace ?? '', claimRef.name ?? '')
  if (claim?.metadata.uid === claimRef.uid) return
  if (volume.status.phase !== 'Released' && volume.status.phase !== 'Failed')
    setVolumePhase(context, volume, 'Released')
  if (volume.spec.persistentVolumeReclaimPolicy !== 'Delete' || volume.status.phase === 'Failed') return
  const { annotations } = volume.metadata
  if (annotations?.[PROVISIONED_BY] === LOCAL_PATH || volume.spec.hostPath?.path?.startsWith('/tmp/')) {
    try {
      client.delete(volumeKind, '', name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    return
  }
  const message = volume.spec.hostPath
    ? `host_path deleter only supports /tmp/.+ but received provided ${volume.spec.hostPath.path}`
    : `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`
  context.events.event(volume, 'Warning', 'VolumeFailedDelete', message)
  setVolumePhase(context, client.get(volumeKind, '', name), 'Failed', message)
}

function setVolumePhase(
  { client, clock }: ControllerContext,
  volume: PersistentVolume,
  phase: string,
  message?: string,
): void {
  if (volume.status.phase === phase) return
  const status = { phase, lastPhaseTransitionTime: clock.timestamp(), ...(message && { message }) }
  client.updateStatus(volumeKind, { ...volume, status } as PersistentVolume)
}
