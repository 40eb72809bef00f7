/**
 * The shapes of Kubernetes objects as the server holds them: those of the published API, with what the server always
 * fills in (metadata.uid, spec, status …) known to be there.
 */
import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta'
import type { IMutatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicy'
import type { IMutatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding'
import type { IMutatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhookConfiguration'
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy'
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding'
import type { IValidatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration'
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition'
import type { IAPIService } from 'kubernetes-models/apiregistration.k8s.io/v1/APIService'
import type { IControllerRevision } from 'kubernetes-models/apps/v1/ControllerRevision'
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet'
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment'
import type { IReplicaSet } from 'kubernetes-models/apps/v1/ReplicaSet'
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import type { IHorizontalPodAutoscaler as IHorizontalPodAutoscalerV1 } from 'kubernetes-models/autoscaling/v1/HorizontalPodAutoscaler'
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler'
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob'
import type { IJob } from 'kubernetes-models/batch/v1/Job'
import type { ICertificateSigningRequest } from 'kubernetes-models/certificates.k8s.io/v1/CertificateSigningRequest'
import type { ILease } from 'kubernetes-models/coordination.k8s.io/v1/Lease'
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice'
import type { IFlowSchema } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/FlowSchema'
import type { IPriorityLevelConfiguration } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration'
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress'
import type { IIngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass'
import type { IIPAddress } from 'kubernetes-models/networking.k8s.io/v1/IPAddress'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import type { IServiceCIDR } from 'kubernetes-models/networking.k8s.io/v1/ServiceCIDR'
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1/RuntimeClass'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole'
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding'
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role'
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding'
import type { IDeviceClass } from 'kubernetes-models/resource.k8s.io/v1/DeviceClass'
import type { IResourceClaim } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaim'
import type { IResourceClaimTemplate } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaimTemplate'
import type { IResourceSlice } from 'kubernetes-models/resource.k8s.io/v1/ResourceSlice'
import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass'
import type { ICSIDriver } from 'kubernetes-models/storage.k8s.io/v1/CSIDriver'
import type { ICSINode } from 'kubernetes-models/storage.k8s.io/v1/CSINode'
import type { ICSIStorageCapacity } from 'kubernetes-models/storage.k8s.io/v1/CSIStorageCapacity'
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass'
import type { IVolumeAttachment } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttachment'
import type { IVolumeAttributesClass } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttributesClass'
import type { IComponentStatus } from 'kubernetes-models/v1/ComponentStatus'
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import type { IEndpoints } from 'kubernetes-models/v1/Endpoints'
import type { IEvent } from 'kubernetes-models/v1/Event'
import type { ILimitRange } from 'kubernetes-models/v1/LimitRange'
import type { INamespace } from 'kubernetes-models/v1/Namespace'
import type { INode } from 'kubernetes-models/v1/Node'
import type { IPersistentVolume } from 'kubernetes-models/v1/PersistentVolume'
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim'
import type { IPod } from 'kubernetes-models/v1/Pod'
import type { IPodTemplate } from 'kubernetes-models/v1/PodTemplate'
import type { IReplicationController } from 'kubernetes-models/v1/ReplicationController'
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota'
import type { ISecret } from 'kubernetes-models/v1/Secret'
import type { IService } from 'kubernetes-models/v1/Service'
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount'

/** Which fields a manager owns, as a FieldsV1: `{ 'f:spec': { 'f:replicas': {} } }`. */
export interface FieldsV1 {
  [step: string]: FieldsV1
}

export interface ManagedFieldsEntry {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time?: string
  fieldsType: 'FieldsV1'
  fieldsV1: FieldsV1
  subresource?: string
}

export type ObjectMeta = Omit<IObjectMeta, 'creationTimestamp' | 'deletionTimestamp' | 'managedFields'> & {
  name: string
  uid: string
  resourceVersion: string
  creationTimestamp: string
  deletionTimestamp?: string
  managedFields?: readonly ManagedFieldsEntry[]
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  spec?: unknown
  status?: unknown
}

/** T as stored: metadata complete, and the named parts always present. */
type Held<T, K extends keyof T = never> = Omit<T, 'metadata' | K> & { [P in K]-?: NonNullable<T[P]> } & {
  metadata: ObjectMeta
}

export type APIService = Held<IAPIService, 'spec'>
export type CSIDriver = Held<ICSIDriver, 'spec'>
export type CSINode = Held<ICSINode, 'spec'>
export type CSIStorageCapacity = Held<ICSIStorageCapacity>
export type ClusterRole = Held<IClusterRole>
export type ClusterRoleBinding = Held<IClusterRoleBinding>
export type ConfigMap = Held<IConfigMap>
export type ControllerRevision = Held<IControllerRevision>
export type CronJob = Held<ICronJob, 'spec' | 'status'>
export type CustomResourceDefinition = Held<ICustomResourceDefinition, 'spec' | 'status'>
export type DaemonSet = Held<IDaemonSet, 'spec' | 'status'>
export type Deployment = Held<IDeployment, 'spec' | 'status'>
export type DeviceClass = Held<IDeviceClass, 'spec'>
/** A Go slice that is nil is written as null. */
export type EndpointSlice = Omit<Held<IEndpointSlice>, 'endpoints' | 'ports'> & {
  endpoints: IEndpointSlice['endpoints'] | null
  ports?: IEndpointSlice['ports'] | null
}
export type Endpoints = Held<IEndpoints>
export type Event = Held<IEvent>
export type HorizontalPodAutoscaler = Held<IHorizontalPodAutoscaler, 'spec'>
export type HorizontalPodAutoscalerV1 = Held<IHorizontalPodAutoscalerV1, 'spec'>
export type Ingress = Held<IIngress, 'spec' | 'status'>
export type IngressClass = Held<IIngressClass, 'spec'>
export type Job = Held<IJob, 'spec' | 'status'>
export type Lease = Held<ILease, 'spec'>
export type LimitRange = Held<ILimitRange, 'spec'>
export type Namespace = Held<INamespace, 'spec' | 'status'>
export type NetworkPolicy = Held<INetworkPolicy, 'spec'>
export type Node = Held<INode, 'spec' | 'status'>
export type PersistentVolume = Held<IPersistentVolume, 'spec' | 'status'>
export type PersistentVolumeClaim = Held<IPersistentVolumeClaim, 'spec' | 'status'>
export type Pod = Held<IPod, 'spec' | 'status'>
export type PodDisruptionBudget = Held<IPodDisruptionBudget, 'spec' | 'status'>
export type PodTemplate = Held<IPodTemplate>
export type PriorityClass = Held<IPriorityClass>
export type ReplicaSet = Held<IReplicaSet, 'spec' | 'status'>
export type ReplicationController = Held<IReplicationController, 'spec' | 'status'>
export type ResourceClaim = Held<IResourceClaim, 'spec' | 'status'>
export type ResourceClaimTemplate = Held<IResourceClaimTemplate, 'spec'>
export type ResourceQuota = Held<IResourceQuota, 'spec' | 'status'>
export type ResourceSlice = Held<IResourceSlice, 'spec'>
export type Role = Held<IRole>
export type RoleBinding = Held<IRoleBinding>
export type Secret = Held<ISecret>
export type Service = Held<IService, 'spec' | 'status'>
export type ServiceAccount = Held<IServiceAccount>
export type StatefulSet = Held<IStatefulSet, 'spec' | 'status'>
export type StorageClass = Held<IStorageClass>
export type ValidatingAdmissionPolicy = Held<IValidatingAdmissionPolicy, 'spec'>
export type ValidatingAdmissionPolicyBinding = Held<IValidatingAdmissionPolicyBinding, 'spec'>
export type MutatingAdmissionPolicy = Held<IMutatingAdmissionPolicy, 'spec'>
export type MutatingAdmissionPolicyBinding = Held<IMutatingAdmissionPolicyBinding, 'spec'>
export type MutatingWebhookConfiguration = Held<IMutatingWebhookConfiguration>
export type ValidatingWebhookConfiguration = Held<IValidatingWebhookConfiguration>
export type CertificateSigningRequest = Held<ICertificateSigningRequest, 'spec' | 'status'>
export type FlowSchema = Held<IFlowSchema, 'spec' | 'status'>
export type PriorityLevelConfiguration = Held<IPriorityLevelConfiguration, 'spec' | 'status'>
export type IPAddress = Held<IIPAddress, 'spec'>
export type ServiceCIDR = Held<IServiceCIDR, 'spec' | 'status'>
export type RuntimeClass = Held<IRuntimeClass>
export type VolumeAttributesClass = Held<IVolumeAttributesClass>
export type ComponentStatus = Held<IComponentStatus>
export type VolumeAttachment = Held<IVolumeAttachment, 'spec'>

/** An object as a client sends it, before anything has been filled in. */
export type Unsaved<T extends KubeObject> = Omit<T, 'metadata' | 'status' | 'apiVersion' | 'kind'> & {
  apiVersion?: string
  kind?: string
  metadata: Partial<ObjectMeta>
  status?: unknown
}
