/** The kinds of volumes that a node can set up; a new one is a file and a line here. */
import type { VolumeSpec } from '../types.ts'
import { configMapVolume } from './config-map.ts'
import { downwardApiVolume } from './downward-api.ts'
import { emptyDirVolume } from './empty-dir.ts'
import { hostPathVolume } from './host-path.ts'
import { imageVolume } from './image.ts'
import { ephemeralVolume, persistentVolumeClaimVolume } from './persistent-volume-claim.ts'
import { projectedVolume } from './projected.ts'
import { secretVolume } from './secret.ts'
import type { Mounted, SetUp, VolumePlugin } from './volume.ts'

const PLUGINS: readonly VolumePlugin[] = [
  emptyDirVolume,
  hostPathVolume,
  configMapVolume,
  secretVolume,
  downwardApiVolume,
  projectedVolume,
  persistentVolumeClaimVolume,
  ephemeralVolume,
  imageVolume,
]

const pluginFor = (spec: VolumeSpec): VolumePlugin | undefined =>
  PLUGINS.find(plugin => spec[plugin.field] !== undefined)

/** No driver of storage is installed on a node. */
const NO_CLIENT = 'kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: '

/** @throws Error, MountFailure or UnprocessedVolume with what a FailedMount event says */
export function setUpVolume(request: SetUp): Mounted {
  const plugin = pluginFor(request.spec)
  if (plugin) return plugin.setUp(request)
  const { csi } = request.spec
  if (csi) throw new Error(`${NO_CLIENT}driver name ${csi.driver} not found in the list of registered CSI drivers`)
  const kind = Object.keys(request.spec).find(key => key !== 'name')
  throw new Error(kind ? `volumes of type ${kind} are not simulated` : 'no volume plugin matched name')
}
