/** The admission plugins in the order in which they run. */
import type { AdmissionPlugin } from './admission.ts'
import { certificates } from './certificates.ts'
import { defaultIngressClass, defaultStorageClass } from './default-class.ts'
import { defaultTolerations } from './default-tolerations.ts'
import { mutatingPolicies, mutatingWebhooks, validatingPolicies, validatingWebhooks } from './dynamic.ts'
import { limitRanger } from './limit-ranger.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { nodeRestriction } from './node-restriction.ts'
import { nodeTaints } from './node-taints.ts'
import { podResize } from './pod-resize.ts'
import { podSecurity } from './pod-security.ts'
import { priority } from './priority.ts'
import { rbacEscalation } from './rbac-escalation.ts'
import { resourceQuota } from './resource-quota.ts'
import { runtimeClass } from './runtime-class.ts'
import { serviceAccount } from './service-account.ts'
import { claimResize, storageObjectInUseProtection } from './storage-objects.ts'
import { topologyLabels } from './topology-labels.ts'

export const admissionPlugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  nodeTaints,
  podSecurity,
  priority,
  defaultTolerations,
  defaultStorageClass,
  storageObjectInUseProtection,
  claimResize,
  runtimeClass,
  ...certificates,
  defaultIngressClass,
  topologyLabels,
  podResize,
  mutatingPolicies,
  mutatingWebhooks,
  validatingPolicies,
  validatingWebhooks,
  resourceQuota,
  // Asked when an object is as it is to be, and before its kind is.
  rbacEscalation,
]
