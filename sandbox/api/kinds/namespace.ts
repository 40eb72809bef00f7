/** Namespaces. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Namespace } from '../types.ts'
import { age, name } from './columns.ts'
import { validateNamespace, validateNamespaceStatus, validateNamespaceUpdate } from './validation/cluster.ts'

export const namespace = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  subresources: ['finalize', 'status'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  setDefaults(namespace) {
    const { metadata } = namespace
    if (metadata?.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name }
    namespace.spec ??= {}
    namespace.status ??= {}
    namespace.status.phase ||= 'Active'
  },
  prepareForCreate(namespace) {
    namespace.status = { phase: 'Active' }
    const finalizers = namespace.spec.finalizers ?? []
    if (!finalizers.includes('kubernetes')) namespace.spec.finalizers = [...finalizers, 'kubernetes']
    const { metadata } = namespace
    metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name }
  },
  prepareForUpdate(namespace, old) {
    if (old.spec.finalizers) namespace.spec.finalizers = [...old.spec.finalizers]
    else delete namespace.spec.finalizers
  },
  checks: present({
    validate: validateNamespace,
    validateUpdate: validateNamespaceUpdate,
    validateStatusUpdate: validateNamespaceStatus,
  }),
  columns: [name, { name: 'Status', cell: n => n.status.phase ?? '' }, age],
  selectableFields: ({ status }) => ({ 'status.phase': status.phase ?? '' }),
})
