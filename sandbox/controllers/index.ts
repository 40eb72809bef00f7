/** The controllers of the controller manager. A new one is a file and a line here. */
import type { KindDef } from '../api/kind.ts'
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts'
import type { Controller } from './controller.ts'
import { cronJobController } from './cronjob/index.ts'
import { daemonSetController } from './daemonset.ts'
import { deploymentController } from './deployment/index.ts'
import { disruptionController } from './disruption.ts'
import { endpointsController } from './endpoints/endpoints.ts'
import { endpointSliceController } from './endpoints/endpointslice.ts'
import { endpointSliceMirroringController } from './endpoints/mirroring.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import type { PodMetrics } from './hpa/calculator.ts'
import { horizontalPodAutoscalerController } from './hpa/index.ts'
import { jobController } from './job/index.ts'
import { ttlAfterFinishedController } from './job/ttl.ts'
import { type ManagerOptions, startControllers } from './manager.ts'
import { namespaceController } from './namespaces/namespace.ts'
import { rootCAController } from './namespaces/root-ca.ts'
import { serviceAccountController } from './namespaces/serviceaccount.ts'
import { nodeLifecycleController } from './nodes/lifecycle.ts'
import { podGCController } from './nodes/pod-gc.ts'
import { taintEvictionController } from './nodes/taint-eviction.ts'
import { replicaSetController } from './replicaset.ts'
import { replicationControllerController } from './replicationcontroller.ts'
import { resourceQuotaController } from './resourcequota.ts'
import { statefulSetController } from './statefulset/index.ts'
import { persistentVolumeBinder } from './volumes/binder.ts'
import { ephemeralVolumeController } from './volumes/ephemeral.ts'
import { claimProtectionController, volumeProtectionController } from './volumes/protection.ts'

export interface ControllerManagerOptions extends ManagerOptions {
  /** Everything that the API serves at the moment, custom resources included. */
  kinds(): readonly KindDef[]
  /** The cluster's certificate authority, in PEM. */
  rootCA: string
  /** What Pods use, as a metrics server knows it; absent: a cluster without one. */
  podMetrics?: PodMetrics
}

const controllers = ({ kinds, rootCA, podMetrics }: ControllerManagerOptions): Controller[] => [
  namespaceController(kinds),
  serviceAccountController,
  rootCAController(rootCA),
  nodeLifecycleController(),
  taintEvictionController(),
  podGCController(),
  deploymentController,
  replicaSetController,
  replicationControllerController,
  statefulSetController,
  daemonSetController(),
  jobController(),
  ttlAfterFinishedController,
  cronJobController,
  horizontalPodAutoscalerController({ kinds, podMetrics }),
  disruptionController,
  resourceQuotaController(kinds),
  persistentVolumeBinder,
  claimProtectionController,
  volumeProtectionController,
  ephemeralVolumeController,
  clusterRoleAggregationController,
  endpointSliceController,
  endpointsController,
  endpointSliceMirroringController,
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
