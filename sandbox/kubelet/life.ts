/** What a kubelet needs once it has a Pod: whether to take it, its worker, and when to put it out. */

export { devTree } from '../runtime/devfs.ts'
export { admit, resizeRefusal } from './admission.ts'
export { cgroupTree, groupsOf } from './cgroups.ts'
export { chooseVictim, heldByPod, isCritical, refusedUnderPressure } from './eviction.ts'
export { makeRoom } from './preemption.ts'
export { hasStorageLimits, storageVerdict } from './storage-limits.ts'
export { PodWorker } from './worker.ts'
