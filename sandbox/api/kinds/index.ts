/**
 * Every kind that the API server knows, by group. Discovery puts them into its own order; of a resource in several versions, the first
 * one here is what its name without a version means.
 */
import type { KindDef } from '../kind.ts'
import {
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
} from './admissionpolicy.ts'
import { apiService } from './apiservice.ts'
import { certificateSigningRequest } from './certificatesigningrequest.ts'
import { componentStatus } from './componentstatus.ts'
import { configMap } from './configmap.ts'
import { controllerRevision } from './controllerrevision.ts'
import { cronJob } from './cronjob.ts'
import { customResourceDefinition } from './customresourcedefinition.ts'
import { daemonSet } from './daemonset.ts'
import { deployment } from './deployment.ts'
import { deviceClass, resourceClaim, resourceClaimTemplate, resourceSlice } from './devices.ts'
import { endpoints } from './endpoints.ts'
import { endpointSlice } from './endpointslice.ts'
import { event, eventsK8sEvent } from './event.ts'
import { flowSchema, priorityLevelConfiguration } from './flowcontrol.ts'
import { horizontalPodAutoscaler, horizontalPodAutoscalerV1 } from './horizontalpodautoscaler/index.ts'
import { ingress, ingressClass } from './ingress.ts'
import { job } from './job.ts'
import { lease } from './lease.ts'
import { limitRange } from './limitrange.ts'
import { namespace } from './namespace.ts'
import { ipAddress, serviceCIDR } from './networking.ts'
import { networkPolicy } from './networkpolicy.ts'
import { node } from './node.ts'
import { persistentVolume } from './persistentvolume.ts'
import { persistentVolumeClaim } from './persistentvolumeclaim/index.ts'
import { pod } from './pod/index.ts'
import { podDisruptionBudget } from './poddisruptionbudget.ts'
import { podTemplate } from './podtemplate.ts'
import { priorityClass } from './priorityclass.ts'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac.ts'
import { replicaSet } from './replicaset.ts'
import { replicationController } from './replicationcontroller.ts'
import { resourceQuota } from './resourcequota.ts'
import {
  binding,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  tokenReview,
} from './reviews.ts'
import { runtimeClass } from './runtimeclass.ts'
import { secret } from './secret.ts'
import { service } from './service/index.ts'
import { serviceAccount } from './serviceaccount.ts'
import { statefulSet } from './statefulset.ts'
import {
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttachment,
  volumeAttributesClass,
} from './storage.ts'
import { mutatingWebhookConfiguration, validatingWebhookConfiguration } from './webhookconfiguration.ts'

export const kinds: readonly KindDef[] = [
  // core/v1
  binding,
  componentStatus,
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  persistentVolume,
  persistentVolumeClaim,
  pod,
  podTemplate,
  replicationController,
  resourceQuota,
  secret,
  serviceAccount,
  service,
  // apiregistration.k8s.io, apps, events.k8s.io, authentication.k8s.io, authorization.k8s.io
  apiService,
  controllerRevision,
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  eventsK8sEvent,
  selfSubjectReview,
  tokenReview,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  // autoscaling, batch, networking.k8s.io, policy, rbac.authorization.k8s.io
  horizontalPodAutoscaler,
  horizontalPodAutoscalerV1,
  cronJob,
  job,
  certificateSigningRequest,
  ingressClass,
  ingress,
  ipAddress,
  networkPolicy,
  serviceCIDR,
  podDisruptionBudget,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
  // storage.k8s.io, admissionregistration.k8s.io, apiextensions.k8s.io
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttachment,
  volumeAttributesClass,
  mutatingAdmissionPolicyBinding,
  mutatingAdmissionPolicy,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicyBinding,
  validatingAdmissionPolicy,
  validatingWebhookConfiguration,
  customResourceDefinition,
  // scheduling.k8s.io, coordination.k8s.io, node.k8s.io, discovery.k8s.io, flowcontrol.apiserver.k8s.io, resource.k8s.io
  priorityClass,
  lease,
  runtimeClass,
  endpointSlice,
  flowSchema,
  priorityLevelConfiguration,
  deviceClass,
  resourceClaim,
  resourceClaimTemplate,
  resourceSlice,
]
