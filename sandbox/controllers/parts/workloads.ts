/** Controllers of Pods that are all alike, loaded together: a Deployment soon has ReplicaSets. */
export { deploymentController } from '../deployment/index.ts'
export { replicaSetController } from '../replicas/replicaset.ts'
export { replicationControllerController } from '../replicas/replicationcontroller.ts'
