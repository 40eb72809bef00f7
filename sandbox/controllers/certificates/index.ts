/** The controllers of certificates. */
export { cleanerController } from './cleaner.ts'
export { signingController } from './signer.ts'
