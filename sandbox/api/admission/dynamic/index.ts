/** Dynamic admission: policies and webhooks. */
export { applyMutatingPolicies } from './mutating-policies.ts'
export { enforcePolicies } from './policies.ts'
export { noteTypes } from './type-check.ts'
export { callMutatingWebhooks, callValidatingWebhooks } from './webhooks.ts'
