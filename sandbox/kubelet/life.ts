/** What a kubelet needs once it has a Pod: whether to take it, its worker, and when to put it out. */
export { admit, resizeRefusal } from './admission.ts'
export { hasStorageLimits, memoryVerdict, refusedUnderPressure, storageVerdict } from './eviction.ts'
export { PodWorker } from './worker.ts'
