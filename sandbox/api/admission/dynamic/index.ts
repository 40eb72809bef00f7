/** What policies and webhooks say to a request. */
export { enforcePolicies } from './policies.ts'
export { noteTypes } from './type-check.ts'
export { callWebhooks, refuseMutatingPolicies } from './webhooks.ts'
