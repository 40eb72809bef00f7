/** A Pod's lifecycle on a node: admission, its worker, and eviction. */
export { admit, resizeRefusal } from './admission.ts'
export { addHeldByPod, chooseVictim, isCritical, refusedUnderPressure } from './eviction.ts'
export { clearAll } from './kill.ts'
export { makeRoom } from './preemption.ts'
export { hasStorageLimits, storageVerdict } from './storage-limits.ts'
export { showSystem } from './system-trees.ts'
export { PodWorker } from './worker.ts'
