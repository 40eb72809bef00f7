/** Kinds that exist only as request bodies (Scale, Eviction, DeleteOptions …); none of them is stored. */
import { defineKind, type KindDef } from '../../api/kind.ts'
import { age, name } from '../../api/kinds/columns.ts'
import type { Scale } from '../../api/subresources/scale.ts'

const body = (group: string, version: string, kind: string, columns: KindDef['columns'] = []): KindDef =>
  defineKind({ group, version, kind, plural: `${kind.toLowerCase()}s`, namespaced: true, columns })

export const scale = body('autoscaling', 'v1', 'Scale', [
  { ...name, format: '' },
  { name: 'Desired', type: 'integer', cell: s => (s as Scale).spec.replicas ?? 0 },
  { name: 'Available', type: 'integer', cell: s => (s as Scale).status.replicas },
  age,
])
export const binding = body('', 'v1', 'Binding')
export const eviction = body('policy', 'v1', 'Eviction')
export const tokenRequest = body('authentication.k8s.io', 'v1', 'TokenRequest')
/** Every group has its own, of the same type. */
export const deleteOptions = body('meta', 'v1', 'DeleteOptions')
