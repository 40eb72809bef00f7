/**
 * The shapes of Kubernetes objects as the server holds them: those of the published API, with what the server always
 * fills in (metadata.uid, spec, status …) known to be there.
 */
import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta'
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment'
import type { IReplicaSet } from 'kubernetes-models/apps/v1/ReplicaSet'
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice'
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import type { IEvent } from 'kubernetes-models/v1/Event'
import type { INamespace } from 'kubernetes-models/v1/Namespace'
import type { INode } from 'kubernetes-models/v1/Node'
import type { IPod } from 'kubernetes-models/v1/Pod'
import type { ISecret } from 'kubernetes-models/v1/Secret'
import type { IService } from 'kubernetes-models/v1/Service'
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount'

export type ObjectMeta = Omit<IObjectMeta, 'creationTimestamp' | 'deletionTimestamp'> & {
  name: string
  uid: string
  resourceVersion: string
  creationTimestamp: string
  deletionTimestamp?: string
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

export type Pod = Held<IPod, 'spec' | 'status'>
export type Service = Held<IService, 'spec' | 'status'>
export type ConfigMap = Held<IConfigMap>
export type Secret = Held<ISecret>
export type Namespace = Held<INamespace, 'spec' | 'status'>
export type Node = Held<INode, 'spec' | 'status'>
export type Event = Held<IEvent>
export type ServiceAccount = Held<IServiceAccount>
export type Deployment = Held<IDeployment, 'spec' | 'status'>
export type ReplicaSet = Held<IReplicaSet, 'spec' | 'status'>
export type EndpointSlice = Held<IEndpointSlice>

/** An object as a client sends it, before anything has been filled in. */
export type Unsaved<T extends KubeObject> = Omit<T, 'metadata' | 'status' | 'apiVersion' | 'kind'> & {
  apiVersion?: string
  kind?: string
  metadata: Partial<ObjectMeta>
  status?: unknown
}
