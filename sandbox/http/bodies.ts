/** Kinds that come as bodies only: what is asked of a subresource, and what accompanies a request. They are kept nowhere. */
import { defineKind, type KindDef } from '../api/kind.ts'

const body = (group: string, version: string, kind: string): KindDef =>
  defineKind({ group, version, kind, plural: `${kind.toLowerCase()}s`, namespaced: true, columns: [] })

export const scale = body('autoscaling', 'v1', 'Scale')
export const binding = body('', 'v1', 'Binding')
export const eviction = body('policy', 'v1', 'Eviction')
export const tokenRequest = body('authentication.k8s.io', 'v1', 'TokenRequest')
/** Every group has its own, of the same type. */
export const deleteOptions = body('meta', 'v1', 'DeleteOptions')
