/** Controllers of volumes and claims, loaded together. */
export { persistentVolumeBinder } from './binder.ts'
export { attributesProtectionController, claimProtectionController, volumeProtectionController } from './protection.ts'
