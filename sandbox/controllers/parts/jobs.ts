/** Controllers of Pods that come to an end. */
export { jobController } from '../job/index.ts'
export { ttlAfterFinishedController } from '../job/ttl.ts'
