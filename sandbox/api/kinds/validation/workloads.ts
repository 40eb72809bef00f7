/**
 * Validation of Pods and of everything that holds a PodSpec or its volumes, in one part: a cluster with one of these
 * kinds soon has others.
 */
import type { Checks } from '../../kind.ts'
import type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodTemplate,
  ReplicaSet,
  ReplicationController,
  RuntimeClass,
  StatefulSet,
} from '../../types.ts'
import { validatePod } from '../pod/validate/pod.ts'
import { validatePodStatus } from '../pod/validate/status.ts'
import { validateEphemeralContainers, validateResize } from '../pod/validate/subresources.ts'
import { validatePodTemplate } from '../pod/validate/template.ts'
import { validatePodUpdate } from '../pod/validate/update.ts'
import { podWarnings } from '../pod/validate/warnings.ts'
import { templateWarnings } from '../pod/validate/workload.ts'
import { validateRevision, validateRevisionUpdate } from './controllerrevision.ts'
import { validateCronJob, validateCronJobUpdate } from './cronjob.ts'
import { validateDaemonSet, validateDaemonSetStatus, validateDaemonSetUpdate } from './daemonset.ts'
import { validateDeployment, validateDeploymentStatus, validateDeploymentUpdate } from './deployment.ts'
import { validateJob, validateJobUpdate } from './job.ts'
import { validateJobStatusUpdate } from './jobstatus.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'
import { validateVolume, validateVolumeUpdate } from './persistentvolume.ts'
import { validateClaim, validateClaimStatus, validateClaimUpdate } from './persistentvolumeclaim.ts'
import { validateReplicaSet, validateReplicaSetStatus, validateReplicaSetUpdate } from './replicaset.ts'
import {
  validateReplicationController,
  validateReplicationControllerStatus,
  validateReplicationControllerUpdate,
} from './replicationcontroller.ts'
import { validateRuntimeClass, validateRuntimeClassUpdate } from './runtimeclass.ts'
import { validateStatefulSet, validateStatefulSetStatus, validateStatefulSetUpdate } from './statefulset.ts'
import { claimSpecWarnings, claimWarnings, runtimeClassWarnings, volumeWarnings } from './warnings.ts'

export const controllerRevision: Checks<ControllerRevision> = {
  validate: validateRevision,
  validateUpdate: validateRevisionUpdate,
}

export const runtimeClass: Checks<RuntimeClass> = {
  validate: validateRuntimeClass,
  validateUpdate: validateRuntimeClassUpdate,
  warnings: runtimeClassWarnings,
}

export const pod: Checks<Pod> = {
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatus,
  validateSubresource: { ephemeralcontainers: validateEphemeralContainers, resize: validateResize },
  warnings: podWarnings,
}

export const podTemplate: Checks<PodTemplate> = {
  validate: ({ metadata, template }) => [...objectMeta(metadata, true), ...validatePodTemplate(template, 'template')],
  validateUpdate: (podTemplate, old) => [
    ...objectMetaUpdate(podTemplate, old),
    ...validatePodTemplate(podTemplate.template, 'template', { oldSpec: old.template?.spec }),
  ],
  warnings: templateWarnings('template', false),
}

export const replicationController: Checks<ReplicationController> = {
  validate: validateReplicationController,
  validateUpdate: validateReplicationControllerUpdate,
  warnings: templateWarnings('spec.template', true),
  validateStatusUpdate: validateReplicationControllerStatus,
}

export const replicaSet: Checks<ReplicaSet> = {
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  warnings: templateWarnings('spec.template', true),
  validateStatusUpdate: validateReplicaSetStatus,
}

export const deployment: Checks<Deployment> = {
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  warnings: templateWarnings('spec.template', true),
  validateStatusUpdate: validateDeploymentStatus,
}

const ofSetTemplate = templateWarnings('spec.template', false)
const KEEPS_ALL =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended'

function statefulSetWarnings(set: StatefulSet, old: StatefulSet | undefined): string[] {
  const { volumeClaimTemplates = [], revisionHistoryLimit } = set.spec
  return [
    ...ofSetTemplate(set, old),
    ...volumeClaimTemplates.flatMap((claim, i) =>
      claimSpecWarnings(claim.spec, `spec.volumeClaimTemplates[${i}]${old ? '.Spec' : ''}`),
    ),
    ...((revisionHistoryLimit ?? 0) < 0 ? [KEEPS_ALL] : []),
  ]
}

export const statefulSet: Checks<StatefulSet> = {
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  warnings: statefulSetWarnings,
  validateStatusUpdate: validateStatefulSetStatus,
}

export const daemonSet: Checks<DaemonSet> = {
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  warnings: templateWarnings('spec.template', false),
  validateStatusUpdate: validateDaemonSetStatus,
}

export const job: Checks<Job> = {
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatusUpdate,
  warnings: templateWarnings('spec.template', true),
}

export const cronJob: Checks<CronJob> = {
  validate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  warnings: templateWarnings('spec.jobTemplate.spec.template', true),
}

export const persistentVolumeClaim: Checks<PersistentVolumeClaim> = {
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  validateStatusUpdate: validateClaimStatus,
  warnings: claimWarnings,
}

export const persistentVolume: Checks<PersistentVolume> = {
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  warnings: volumeWarnings,
}
