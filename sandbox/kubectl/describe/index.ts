/** The table of descriptions by kind. */
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import type { Writer } from './writer.ts'

export interface DescribeContext {
  k: Kubectl
  /** Milliseconds since the epoch. */
  now: number
  /** Writes the events of an object, by whatever names it goes in them, unless they are not wanted. */
  events(...names: Obj[]): Promise<void>
  /** Objects of another resource; none where it cannot be had. */
  list(resource: string, namespace: string, labelSelector?: string, fieldSelector?: string): Promise<Obj[]>
}

export type Describer = (w: Writer, object: Obj, context: DescribeContext) => Promise<void> | void

type Load = () => Promise<{ describe: Describer }>
const from =
  <T extends string>(load: () => Promise<Record<T, Describer>>, name: T): Load =>
  async () => ({ describe: (await load())[name] })

const workloads = () => import('./workloads.ts')
const config = () => import('./config.ts')
const network = () => import('./network.ts')
const storage = () => import('./storage.ts')
const rbac = () => import('./rbac.ts')
const policy = () => import('./policy.ts')

/** kind.group → its description */
const DESCRIBERS: Readonly<Record<string, Load>> = {
  Pod: () => import('./pod.ts'),
  Node: () => import('./node.ts'),
  'Deployment.apps': from(workloads, 'deployment'),
  'ReplicaSet.apps': from(workloads, 'replicaSet'),
  ReplicationController: from(workloads, 'replicaSet'),
  'StatefulSet.apps': from(workloads, 'statefulSet'),
  'DaemonSet.apps': from(workloads, 'daemonSet'),
  'Job.batch': from(workloads, 'job'),
  'CronJob.batch': from(workloads, 'cronJob'),
  'CertificateSigningRequest.certificates.k8s.io': () => import('./signing-request.ts'),
  ConfigMap: from(config, 'configMap'),
  Secret: from(config, 'secret'),
  ServiceAccount: from(config, 'serviceAccount'),
  Namespace: from(config, 'namespace'),
  ResourceQuota: from(config, 'resourceQuota'),
  LimitRange: from(config, 'limitRange'),
  Service: from(network, 'service'),
  Endpoints: from(network, 'endpoints'),
  'EndpointSlice.discovery.k8s.io': from(network, 'endpointSlice'),
  'Ingress.networking.k8s.io': from(network, 'ingress'),
  'IngressClass.networking.k8s.io': from(network, 'ingressClass'),
  'NetworkPolicy.networking.k8s.io': from(network, 'networkPolicy'),
  'ServiceCIDR.networking.k8s.io': from(network, 'serviceCIDR'),
  'IPAddress.networking.k8s.io': from(network, 'ipAddress'),
  PersistentVolume: from(storage, 'persistentVolume'),
  PersistentVolumeClaim: from(storage, 'persistentVolumeClaim'),
  'StorageClass.storage.k8s.io': from(storage, 'storageClass'),
  'VolumeAttributesClass.storage.k8s.io': from(storage, 'volumeAttributesClass'),
  'CSINode.storage.k8s.io': from(storage, 'csiNode'),
  'Role.rbac.authorization.k8s.io': from(rbac, 'role'),
  'ClusterRole.rbac.authorization.k8s.io': from(rbac, 'role'),
  'RoleBinding.rbac.authorization.k8s.io': from(rbac, 'roleBinding'),
  'ClusterRoleBinding.rbac.authorization.k8s.io': from(rbac, 'roleBinding'),
  'PodDisruptionBudget.policy': from(policy, 'podDisruptionBudget'),
  'HorizontalPodAutoscaler.autoscaling': from(policy, 'horizontalPodAutoscaler'),
  'PriorityClass.scheduling.k8s.io': from(policy, 'priorityClass'),
}

export const describerFor = (kind: string, group: string): Load =>
  DESCRIBERS[group ? `${kind}.${group}` : kind] ?? (() => import('./generic.ts'))
