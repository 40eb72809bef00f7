/** Configurations of admission webhooks. */
import { within } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../types.ts'
import { setMatchDefaults } from './admissionpolicy.ts'
import { age, name } from './columns.ts'
import { rare } from './validation/parts.ts'

const common = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  categories: ['api-extensions'],
  namespaced: false,
} as const

function setHookDefaults(hook: Draft): void {
  hook.failurePolicy ??= 'Fail'
  setMatchDefaults(hook, hook.rules)
  hook.timeoutSeconds ??= 10
  if (hook.clientConfig?.service) hook.clientConfig.service.port ??= 443
}

const hooks = { name: 'Webhooks', type: 'integer' } as const
const counts = (object: { webhooks?: unknown }, old: { webhooks?: unknown }): boolean =>
  !deepEqual(object.webhooks, old.webhooks)

export const validatingWebhookConfiguration = defineKind<ValidatingWebhookConfiguration>({
  ...common,
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  hasGeneration: counts,
  setDefaults(configuration) {
    for (const hook of configuration.webhooks ?? []) setHookDefaults(hook)
  },
  checks: within(rare, checks => checks.validatingWebhookConfiguration),
  columns: [name, { ...hooks, cell: c => c.webhooks?.length ?? 0 }, age],
})

export const mutatingWebhookConfiguration = defineKind<MutatingWebhookConfiguration>({
  ...common,
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  hasGeneration: counts,
  setDefaults(configuration) {
    for (const hook of configuration.webhooks ?? []) {
      setHookDefaults(hook)
      hook.reinvocationPolicy ??= 'Never'
    }
  },
  checks: within(rare, checks => checks.mutatingWebhookConfiguration),
  columns: [name, { ...hooks, cell: c => c.webhooks?.length ?? 0 }, age],
})
