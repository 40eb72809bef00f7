/** Secrets. What a client writes as stringData is kept as data, and never shown again. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Secret } from '../types.ts'
import { encodeBase64 } from './base64.ts'
import { age, name } from './columns.ts'
import { configuration } from './validation/parts.ts'

/** What was written as text becomes data, which it outdoes. */
export function encodeStringData(secret: Pick<Secret, 'data' | 'stringData'>): void {
  for (const [key, value] of Object.entries(secret.stringData ?? {})) {
    secret.data = { ...secret.data, [key]: encodeBase64(String(value ?? '')) }
  }
  delete secret.stringData
}

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  setDefaults(secret) {
    encodeStringData(secret)
    secret.type ||= 'Opaque'
  },
  prepareForUpdate(secret, old) {
    secret.type ||= old.type
  },
  checks: within(configuration, checks => checks.secret),
  columns: [
    name,
    { name: 'Type', cell: s => s.type ?? '' },
    { name: 'Data', cell: s => Object.keys(s.data ?? {}).length },
    age,
  ],
  selectableFields: ({ type }) => ({ type: type ?? '' }),
})
