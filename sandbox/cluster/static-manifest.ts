/** The text of a manifest in a node's folder, as a Pod that its kubelet runs without asking anybody. */

import { pod } from '../api/kinds/pod/index.ts'
import { decodeObject } from '../api/requests/decode.ts'
import type { Pod } from '../api/types.ts'
import { readYaml } from '../http/yaml/yaml.ts'
import type { ManifestReader } from '../kubelet/static-pods/manifest-folder.ts'
import type { Manifest } from '../kubelet/static-pods/static-pods.ts'

export const readManifest: ManifestReader = text => {
  try {
    const document = readYaml(text)
    const { apiVersion, kind } = (document.value ?? {}) as Record<string, unknown>
    if (apiVersion !== 'v1' || kind !== 'Pod') return undefined
    const manifest = decodeObject(pod, document).object as Manifest
    return manifest.metadata?.name && manifest.spec && !needsApi(manifest.spec) ? manifest : undefined
  } catch {
    // A kubelet logs what is wrong with it, and goes on.
    return undefined
  }
}

type Volume = NonNullable<Pod['spec']['volumes']>[number]
type Source = NonNullable<NonNullable<Volume['projected']>['sources']>[number]

/** Kinds of volumes and of projections that come from objects of the API. */
const VOLUMES: readonly (keyof Volume)[] = [
  'azureFile',
  'configMap',
  'csi',
  'ephemeral',
  'glusterfs',
  'persistentVolumeClaim',
  'secret',
]
const PROJECTIONS: readonly (keyof Source)[] = [
  'clusterTrustBundle',
  'configMap',
  'podCertificate',
  'secret',
  'serviceAccountToken',
]

/** Whether the Pod refers to anything that only the API has: such a Pod is never static. */
function needsApi(spec: Pod['spec']): boolean {
  const { volumes = [], initContainers = [], containers = [] } = spec
  if (spec.serviceAccountName || spec.imagePullSecrets?.length || spec.resourceClaims?.length) return true
  for (const { env = [], envFrom = [] } of [...initContainers, ...containers]) {
    if (envFrom.some(from => from.configMapRef ?? from.secretRef)) return true
    if (env.some(({ valueFrom: from }) => from?.configMapKeyRef ?? from?.secretKeyRef)) return true
  }
  return volumes.some(
    volume =>
      VOLUMES.some(kind => volume[kind]) ||
      volume.projected?.sources?.some(source => PROJECTIONS.some(kind => source[kind])),
  )
}
