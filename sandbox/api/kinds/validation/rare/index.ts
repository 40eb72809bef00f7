/** Validation of kinds that few clusters hold objects of. */
import type { Checks } from '../../../kind.ts'
import type {
  APIService,
  CertificateSigningRequest,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  DeviceClass,
  FlowSchema,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  PriorityLevelConfiguration,
  ResourceClaim,
  ResourceClaimTemplate,
  ResourceSlice,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
  VolumeAttachment,
} from '../../../types.ts'
import { validateApiService, validateApiServiceStatus, validateApiServiceUpdate } from './apiservices.ts'
import { validateApproval, validateRequest, validateRequestStatus, validateRequestUpdate } from './certificates.ts'
import {
  validateClaim,
  validateClaimStatus,
  validateClaimTemplate,
  validateClaimTemplateUpdate,
  validateClaimUpdate,
} from './device-claims.ts'
import { validateDeviceClass } from './device-classes.ts'
import { validateSlice } from './device-slices.ts'
import {
  validateFlowSchema,
  validateFlowSchemaStatus,
  validatePriorityLevel,
  validatePriorityLevelStatus,
} from './flowcontrol.ts'
import { validateMutatingPolicy, validatePolicy, validatePolicyBinding } from './policies.ts'
import {
  driverWarnings,
  validateAttachment,
  validateAttachmentUpdate,
  validateCapacity,
  validateCapacityUpdate,
  validateDriver,
  validateDriverUpdate,
  validateStorageNode,
  validateStorageNodeUpdate,
} from './storage.ts'
import { validateMutatingHooks, validateValidatingHooks } from './webhooks.ts'

export { keepRegistered } from '../../../aggregation/automanaged.ts'
export { followApiServices } from '../../../aggregation/controller.ts'

export const apiService: Checks<APIService> = {
  validate: validateApiService,
  validateUpdate: validateApiServiceUpdate,
  validateStatusUpdate: validateApiServiceStatus,
}

export const flowSchema: Checks<FlowSchema> = {
  validate: schema => validateFlowSchema(schema),
  validateUpdate: (schema, old) => validateFlowSchema(schema, old),
  validateStatusUpdate: validateFlowSchemaStatus,
}

export const priorityLevelConfiguration: Checks<PriorityLevelConfiguration> = {
  validate: level => validatePriorityLevel(level),
  validateUpdate: (level, old) => validatePriorityLevel(level, old),
  validateStatusUpdate: validatePriorityLevelStatus,
}

export { checkApproval, checkSigning, checkSubject, setRequestor } from '../../../admission/certificate-rules.ts'

export const certificateSigningRequest: Checks<CertificateSigningRequest> = {
  validate: request => validateRequest(request),
  validateUpdate: validateRequestUpdate,
  validateStatusUpdate: validateRequestStatus,
  validateSubresource: { approval: validateApproval },
}

export const validatingAdmissionPolicy: Checks<ValidatingAdmissionPolicy> = { validate: validatePolicy }
export const validatingAdmissionPolicyBinding: Checks<ValidatingAdmissionPolicyBinding> = {
  validate: validatePolicyBinding,
}
export const mutatingAdmissionPolicy: Checks<MutatingAdmissionPolicy> = { validate: validateMutatingPolicy }
export const mutatingAdmissionPolicyBinding: Checks<MutatingAdmissionPolicyBinding> = {
  validate: validatePolicyBinding,
}
export const validatingWebhookConfiguration: Checks<ValidatingWebhookConfiguration> = {
  validate: validateValidatingHooks,
}
export const mutatingWebhookConfiguration: Checks<MutatingWebhookConfiguration> = { validate: validateMutatingHooks }

export const csiDriver: Checks<CSIDriver> = {
  validate: validateDriver,
  validateUpdate: validateDriverUpdate,
  warnings: driverWarnings,
}
export const csiNode: Checks<CSINode> = { validate: validateStorageNode, validateUpdate: validateStorageNodeUpdate }
export const csiStorageCapacity: Checks<CSIStorageCapacity> = {
  validate: validateCapacity,
  validateUpdate: validateCapacityUpdate,
}
export const volumeAttachment: Checks<VolumeAttachment> = {
  validate: validateAttachment,
  validateUpdate: validateAttachmentUpdate,
}

export const deviceClass: Checks<DeviceClass> = {
  validate: validateDeviceClass,
  validateUpdate: validateDeviceClass,
}
export const resourceClaim: Checks<ResourceClaim> = {
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  validateStatusUpdate: validateClaimStatus,
}
export const resourceClaimTemplate: Checks<ResourceClaimTemplate> = {
  validate: validateClaimTemplate,
  validateUpdate: validateClaimTemplateUpdate,
}
export const resourceSlice: Checks<ResourceSlice> = {
  validate: slice => validateSlice(slice),
  validateUpdate: validateSlice,
}
