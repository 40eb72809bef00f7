/** Service accounts. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ServiceAccount } from '../types.ts'
import { age, name } from './columns.ts'
import { validateServiceAccount, validateServiceAccountUpdate } from './validation/cluster.ts'
import { accountWarnings } from './validation/warnings.ts'

/** Of the secrets named, only the names are kept. */
const keepNames = (account: { secrets?: { name?: string }[] }): void => {
  if (account.secrets) account.secrets = account.secrets.map(s => (s?.name ? { name: s.name } : {}))
}

export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  namespaced: true,
  subresources: ['token'],
  prepareForCreate: keepNames,
  prepareForUpdate: keepNames,
  checks: present({
    validate: validateServiceAccount,
    validateUpdate: validateServiceAccountUpdate,
    warnings: accountWarnings,
  }),
  columns: [name, age],
})
