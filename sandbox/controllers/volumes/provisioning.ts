/** Volumes for claims of a StorageClass: waiting for a Pod, asking a provisioner, and the one provisioner that is simulated. */
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageClass as classKind } from '../../api/kinds/storage.ts'
import { storageClassOf } from '../../api/scheduling/volume-matching.ts'
import type { PersistentVolumeClaim, Pod, StorageClass } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'
import { isFinished } from '../pods.ts'
import { LOCAL_PATH, PROVISIONED_BY, SELECTED_NODE } from './phases.ts'

const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner'
const OLD_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner'
export const IN_TREE = 'kubernetes.io/'
/** Would provision, if the controller manager were told to let it. */
export const HOST_PATH = 'kubernetes.io/host-path'
/** Plugins that the controller manager still has. */
export const IN_TREE_PLUGINS: readonly string[] = [HOST_PATH, 'kubernetes.io/nfs']
/** Drivers that stand in for plugins which are gone. */
const MIGRATED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
    'kubernetes.io/azure-disk': 'disk.csi.azure.com',
    'kubernetes.io/azure-file': 'file.csi.azure.com',
    'kubernetes.io/cinder': 'cinder.csi.openstack.org',
    'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
    'kubernetes.io/portworx-volume': 'pxd.portworx.com',
    'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  }),
)

/** The class that a claim without one gets when there is a default, the newest of several. */
export function defaultClass({ client }: ControllerContext): StorageClass | undefined {
  const marks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class']
  const marked = client.list(classKind).filter(c => marks.some(m => c.metadata.annotations?.[m] === 'true'))
  const rank = ({ metadata: { creationTimestamp, name } }: StorageClass) => [creationTimestamp, name] as const
  return marked.sort((a, b) => {
    const [[ta, na], [tb, nb]] = [rank(a), rank(b)]
    return ta !== tb ? (ta < tb ? 1 : -1) : na < nb ? -1 : 1
  })[0]
}

/** Asks for a volume for a claim that names a class. */
export function provisionClaim(context: ControllerContext, claim: PersistentVolumeClaim): void {
  const { client, events } = context
  const name = storageClassOf(claim)
  const storageClass = client.find(classKind, '', name)
  if (!storageClass) {
    events.event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${name}" not found`)
    return
  }
  const provisioner = MIGRATED.get(storageClass.provisioner) ?? storageClass.provisioner
  if (provisioner.startsWith(IN_TREE) && provisioner !== HOST_PATH) {
    const why = IN_TREE_PLUGINS.includes(provisioner)
      ? 'no provisionable volume plugin matched'
      : `no volume plugin matched name: ${provisioner}`
    events.event(claim, 'Warning', 'ProvisioningFailed', why)
    return
  }
  const { namespace = '', annotations } = claim.metadata
  if (annotations?.[STORAGE_PROVISIONER] !== provisioner) {
    client.patch(claimKind, namespace, claim.metadata.name, {
      metadata: { annotations: { [STORAGE_PROVISIONER]: provisioner, [OLD_STORAGE_PROVISIONER]: provisioner } },
    })
    // The change brings the claim here again.
    return
  }
  if (provisioner === HOST_PATH) {
    const why = `Failed to create provisioner: provisioning in volume plugin "${HOST_PATH}" is disabled`
    events.event(claim, 'Warning', 'ProvisioningFailed', why)
    return
  }
  const text = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
  events.event(claim, 'Normal', 'ExternalProvisioning', text)
  if (provisioner === LOCAL_PATH) makeLocalPath(context, claim, storageClass)
}

/** A claim that is bound when a Pod uses it waits for that Pod, or for its node. */
export function tellOfWaiting({ client, events }: ControllerContext, claim: PersistentVolumeClaim): void {
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

/** Names of the claims that a Pod uses. */
export const claimsOf = (pod: Pod): string[] =>
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
function makeLocalPath(
  { client, events }: ControllerContext,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
): void {
  const { namespace = '', name, uid, annotations } = claim.metadata
  const node = annotations?.[SELECTED_NODE]
  const volume = `pvc-${uid}`
  const asked = claim.spec.resources?.requests?.storage
  if (!node || asked === undefined || client.find(volumeKind, '', volume)) return
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
      capacity: { storage: asked },
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
  })
  events.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${volume}`)
}
