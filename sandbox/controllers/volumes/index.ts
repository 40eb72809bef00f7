/** Controllers of volumes and claims, loaded together. */
export { persistentVolumeBinder } from './binder.ts'
export { claimProtectionController, volumeProtectionController } from './protection.ts'
