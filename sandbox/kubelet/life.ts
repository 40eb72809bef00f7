/** A Pod's lifecycle on a node: admission, its worker, and eviction. */

export { addHeldByPod, isCritical, refusedUnderPressure } from './eviction/eviction.ts'
export { makeRoom } from './eviction/preemption.ts'
export { relieve } from './eviction/relief.ts'
export { ImageGarbage } from './images/image-garbage.ts'
export { showSystem } from './node/system-trees.ts'
export { clearAll } from './pods/kill.ts'
export { PodWorker } from './pods/worker.ts'
export { admit, resizeRefusal } from './resources/admission.ts'
