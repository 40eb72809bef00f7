/** Phases of claims and volumes: written when they change, with the event that tells of the change. */

import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'

export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed'
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller'
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by'
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
/** The provisioner that is simulated: directories of the node that the Pod is on. */
export const LOCAL_PATH = 'rancher.io/local-path'

/** A warning that is given once, when a phase begins. */
export interface Warning {
  reason: string
  message: string
}

/** A claim without a volume: what it had of one is no longer said. */
export function setClaimPhase(
  { client, events }: ControllerContext,
  claim: PersistentVolumeClaim,
  phase: 'Pending' | 'Lost',
  warning?: Warning,
): void {
  const { accessModes, capacity, currentVolumeAttributesClassName, ...status } = claim.status
  const isSame = claim.status.phase === phase
  if (isSame && (warning || !(accessModes || capacity || currentVolumeAttributesClassName))) return
  client.updateStatus(claimKind, { ...claim, status: { ...status, phase } } as PersistentVolumeClaim)
  if (warning) events.event(claim, 'Warning', warning.reason, warning.message)
}

/** @returns the volume as it is now */
export function setVolumePhase(
  { client, clock, events }: ControllerContext,
  volume: PersistentVolume,
  phase: 'Available' | 'Bound' | 'Released' | 'Failed',
  warning?: Warning,
): PersistentVolume {
  if (volume.status.phase === phase) return volume
  const message = warning?.message
  const status = { phase, lastPhaseTransitionTime: clock.timestamp(), ...(message && { message }) }
  const changed = client.updateStatus(volumeKind, { ...volume, status } as PersistentVolume)
  if (warning) events.event(changed, 'Warning', warning.reason, warning.message)
  return changed
}
