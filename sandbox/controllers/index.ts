/** The controllers of the controller manager. A new one is a file and a line here. */
import type { KindDef } from '../api/kind.ts'
import { certificateSigningRequest } from '../api/kinds/certificatesigningrequest.ts'
import { cronJob } from '../api/kinds/cronjob.ts'
import { daemonSet } from '../api/kinds/daemonset.ts'
import { deployment } from '../api/kinds/deployment.ts'
import { endpoints } from '../api/kinds/endpoints.ts'
import { endpointSlice } from '../api/kinds/endpointslice.ts'
import { horizontalPodAutoscaler } from '../api/kinds/horizontalpodautoscaler/index.ts'
import { job } from '../api/kinds/job.ts'
import { persistentVolume } from '../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../api/kinds/persistentvolumeclaim/index.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { podDisruptionBudget } from '../api/kinds/poddisruptionbudget.ts'
import { replicaSet } from '../api/kinds/replicaset.ts'
import { replicationController } from '../api/kinds/replicationcontroller.ts'
import { resourceQuota } from '../api/kinds/resourcequota.ts'
import { secret } from '../api/kinds/secret.ts'
import { service } from '../api/kinds/service/index.ts'
import { statefulSet } from '../api/kinds/statefulset.ts'
import { volumeAttributesClass } from '../api/kinds/storage.ts'
import type { ApiServer } from '../api/server.ts'
import type { KubeObject } from '../api/types.ts'
import { part } from '../parts.ts'
import { type Asleep, asleep } from './asleep.ts'
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts'
import type { Controller } from './controller.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import type { PodMetrics } from './hpa/calculator.ts'
import { type ManagerOptions, startControllers } from './manager.ts'
import { namespaceController } from './namespaces/namespace.ts'
import { rootCAController } from './namespaces/root-ca.ts'
import { serviceAccountController } from './namespaces/serviceaccount.ts'
import { nodeLifecycleController } from './nodes/lifecycle.ts'
import { ttlController } from './nodes/ttl.ts'

export interface ControllerManagerOptions extends ManagerOptions {
  /** Where it is decided who may what. */
  server: ApiServer
  /** Everything that the API serves at the moment, custom resources included. */
  kinds(): readonly KindDef[]
  /** The cluster's certificate authority, in PEM. */
  rootCA: string
  /** What Pods use, as a metrics server knows it; absent: a cluster without one. */
  podMetrics?: PodMetrics
}

const pods = part('the controllers of single Pods', () => import('./parts/pods.ts'))
const workloads = part('the controllers of Deployments and ReplicaSets', () => import('./parts/workloads.ts'))
const sets = part('the controllers of StatefulSets and DaemonSets', () => import('./parts/sets.ts'))
const jobs = part('the controllers of Jobs', () => import('./parts/jobs.ts'))
const cronJobs = part('the controller of CronJobs', () => import('./cronjob/index.ts'))
const limits = part('the controllers of quotas, budgets and autoscalers', () => import('./parts/limits.ts'))
const certificates = part('the controllers of certificates', () => import('./certificates/index.ts'))
const tokenSecrets = part('the tokens of Secrets', () => import('./namespaces/token-secrets.ts'))
const reachability = part('the controllers of what stands behind Services', () => import('./parts/endpoints.ts'))
const volumes = part('the controllers of volumes', () => import('./volumes/index.ts'))

/** What every cluster has: the API server's own Service, and its endpoints, which it keeps itself. */
const isOfApiServer = ({ metadata }: KubeObject): boolean =>
  metadata.name === 'kubernetes' && metadata.namespace === 'default'

const behindServices = (take: (module: typeof import('./parts/endpoints.ts')) => Controller): Asleep =>
  asleep([service, endpoints, endpointSlice], reachability, take, isOfApiServer)

/** Those that have nothing to do in a new cluster sleep until there is something of theirs. */
const controllers = ({ kinds, rootCA, podMetrics, server }: ControllerManagerOptions): (Controller | Asleep)[] => [
  namespaceController(kinds),
  serviceAccountController,
  rootCAController(rootCA),
  nodeLifecycleController(),
  ttlController(),
  asleep(pod, pods, all => all.taintEvictionController()),
  asleep(pod, pods, all => all.podGCController()),
  asleep(pod, pods, all => all.staleDisruptionController),
  asleep(deployment, workloads, all => all.deploymentController),
  asleep(replicaSet, workloads, all => all.replicaSetController),
  asleep(replicationController, workloads, all => all.replicationControllerController),
  asleep(statefulSet, sets, all => all.statefulSetController),
  asleep(daemonSet, sets, all => all.daemonSetController()),
  asleep(job, jobs, all => all.jobController()),
  asleep(job, jobs, all => all.ttlAfterFinishedController),
  asleep(cronJob, cronJobs, all => all.cronJobController),
  asleep(horizontalPodAutoscaler, limits, all => all.horizontalPodAutoscalerController({ kinds, podMetrics })),
  asleep(podDisruptionBudget, limits, all => all.disruptionController(kinds)),
  asleep(resourceQuota, limits, all => all.resourceQuotaController(kinds)),
  asleep([persistentVolumeClaim, persistentVolume], volumes, all => all.persistentVolumeBinder),
  asleep(persistentVolumeClaim, volumes, all => all.claimProtectionController),
  asleep(persistentVolume, volumes, all => all.volumeProtectionController),
  asleep(volumeAttributesClass, volumes, all => all.attributesProtectionController),
  asleep(certificateSigningRequest, certificates, all => all.approvingController(server)),
  asleep(certificateSigningRequest, certificates, all => all.signingController),
  asleep(certificateSigningRequest, certificates, all => all.cleanerController),
  asleep(secret, tokenSecrets, all => all.tokenSecretController(rootCA)),
  asleep(pod, pods, all => all.ephemeralVolumeController()),
  clusterRoleAggregationController,
  behindServices(all => all.endpointSliceController()),
  behindServices(all => all.endpointsController()),
  behindServices(all => all.endpointSliceMirroringController()),
]

/** Starts all of them and the garbage collector. @returns how to stop them, as when the controller manager goes down */
export function startControllerManager(options: ControllerManagerOptions): () => void {
  const { client, clock, kinds, onError } = options
  const stop = startControllers(controllers(options), options)
  const stopCollector = startGarbageCollector({
    client,
    clock,
    kinds,
    events: options.recorder('garbage-collector-controller'),
    ...(onError && { onError: error => onError('generic-garbage-collector', error) }),
  })
  return () => {
    stop()
    stopCollector()
  }
}
