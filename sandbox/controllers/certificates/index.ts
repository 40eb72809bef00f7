/** The controllers of certificates. */
export { approvingController } from './approver.ts'
export { cleanerController } from './cleaner.ts'
export { signingController } from './signer.ts'
