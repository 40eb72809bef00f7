/** Controllers of Pods that are all alike, loaded together: a Deployment soon has ReplicaSets. */
export { deploymentController } from './deployment/index.ts'
export { replicaSetController } from './replicaset.ts'
export { replicationControllerController } from './replicationcontroller.ts'
