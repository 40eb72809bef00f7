/** Checks of what configures a cluster: access, quotas and limits, networking, Secrets, storage classes, autoscalers; and of Events. */
import type { Checks } from '../../kind.ts'
import type {
  ClusterRole,
  ClusterRoleBinding,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  IPAddress,
  LimitRange,
  NetworkPolicy,
  PodDisruptionBudget,
  ResourceQuota,
  Role,
  RoleBinding,
  Secret,
  ServiceCIDR,
  StorageClass,
  VolumeAttributesClass,
} from '../../types.ts'
import { validateBudget, validateBudgetStatus, validateBudgetUpdate } from './budget.ts'
import { validateAutoscaler, validateAutoscalerStatus, validateAutoscalerUpdate } from './horizontalpodautoscaler.ts'
import { validateIngress, validateIngressClass, validateIngressClassUpdate, validateIngressUpdate } from './ingress.ts'
import { validateLimitRange, validateLimitRangeUpdate } from './limitrange.ts'
import { validateIngressStatus } from './loadbalancer.ts'
import { validateNetworkPolicy, validateNetworkPolicyUpdate } from './networkpolicy.ts'
import {
  validateClusterRole,
  validateClusterRoleBinding,
  validateClusterRoleBindingUpdate,
  validateClusterRoleUpdate,
  validateRole,
  validateRoleBinding,
  validateRoleBindingUpdate,
  validateRoleUpdate,
} from './rbac.ts'
import { validateQuota, validateQuotaStatus, validateQuotaUpdate } from './resourcequota.ts'
import { validateSecret, validateSecretUpdate } from './secret.ts'
import {
  validateIPAddress,
  validateIPAddressUpdate,
  validateServiceCIDR,
  validateServiceCIDRUpdate,
} from './serviceips.ts'
import {
  validateAttributesClass,
  validateAttributesClassUpdate,
  validateStorageClass,
  validateStorageClassUpdate,
} from './storageclass.ts'
import { ingressWarnings, networkPolicyWarnings, secretWarnings, storageClassWarnings } from './warnings.ts'

export { event, eventsK8sEvent } from './events.ts'

export const horizontalPodAutoscaler: Checks<HorizontalPodAutoscaler> = {
  validate: validateAutoscaler,
  validateUpdate: validateAutoscalerUpdate,
  validateStatusUpdate: validateAutoscalerStatus,
}

export const podDisruptionBudget: Checks<PodDisruptionBudget> = {
  validate: validateBudget,
  validateUpdate: validateBudgetUpdate,
  validateStatusUpdate: validateBudgetStatus,
}

export const ingress: Checks<Ingress> = {
  validate: validateIngress,
  validateUpdate: validateIngressUpdate,
  validateStatusUpdate: validateIngressStatus,
  warnings: ingressWarnings,
}

export const ingressClass: Checks<IngressClass> = {
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
}

export const networkPolicy: Checks<NetworkPolicy> = {
  validate: validateNetworkPolicy,
  validateUpdate: validateNetworkPolicyUpdate,
  warnings: networkPolicyWarnings,
}

export const resourceQuota: Checks<ResourceQuota> = {
  validate: validateQuota,
  validateUpdate: validateQuotaUpdate,
  validateStatusUpdate: validateQuotaStatus,
}

export const limitRange: Checks<LimitRange> = {
  validate: validateLimitRange,
  validateUpdate: validateLimitRangeUpdate,
}

export const storageClass: Checks<StorageClass> = {
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  warnings: storageClassWarnings,
}

export const role: Checks<Role> = {
  validate: validateRole,
  validateUpdate: validateRoleUpdate,
}

export const clusterRole: Checks<ClusterRole> = {
  validate: validateClusterRole,
  validateUpdate: validateClusterRoleUpdate,
}

export const roleBinding: Checks<RoleBinding> = {
  validate: validateRoleBinding,
  validateUpdate: validateRoleBindingUpdate,
}

export const clusterRoleBinding: Checks<ClusterRoleBinding> = {
  validate: validateClusterRoleBinding,
  validateUpdate: validateClusterRoleBindingUpdate,
}

export const secret: Checks<Secret> = {
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  warnings: secretWarnings,
}

export const volumeAttributesClass: Checks<VolumeAttributesClass> = {
  validate: validateAttributesClass,
  validateUpdate: validateAttributesClassUpdate,
}

export const ipAddress: Checks<IPAddress> = {
  validate: validateIPAddress,
  validateUpdate: validateIPAddressUpdate,
}

export const serviceCIDR: Checks<ServiceCIDR> = {
  validate: validateServiceCIDR,
  validateUpdate: validateServiceCIDRUpdate,
}
