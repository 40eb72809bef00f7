/** RBAC: roles and who holds them, in a namespace and in the whole cluster. */
import { type Column, type Draft, defineKind } from '../kind.ts'
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../types.ts'
import { age, name } from './columns.ts'
import {
  validateClusterRole,
  validateClusterRoleBinding,
  validateClusterRoleBindingUpdate,
  validateClusterRoleUpdate,
  validateRole,
  validateRoleBinding,
  validateRoleBindingUpdate,
  validateRoleUpdate,
} from './validation/rbac.ts'

const group = 'rbac.authorization.k8s.io'
const createdAt: Column<Role | ClusterRole> = {
  name: 'Created At',
  type: 'date',
  cell: r => r.metadata.creationTimestamp,
}

type Binding = RoleBinding | ClusterRoleBinding

const subjects = ({ subjects }: Binding, kind: string): string =>
  (subjects ?? [])
    .filter(s => s.kind === kind)
    .map(s => (kind === 'ServiceAccount' && s.namespace ? `${s.namespace}/${s.name}` : s.name))
    .join(', ')

const bindingColumns: Column<Binding>[] = [
  name,
  { name: 'Role', cell: b => `${b.roleRef.kind}/${b.roleRef.name}` },
  age,
  { name: 'Users', priority: 1, cell: b => subjects(b, 'User') },
  { name: 'Groups', priority: 1, cell: b => subjects(b, 'Group') },
  { name: 'ServiceAccounts', priority: 1, cell: b => subjects(b, 'ServiceAccount') },
]

function setBindingDefaults(binding: Draft): void {
  binding.roleRef ??= {}
  binding.roleRef.apiGroup ||= group
  for (const subject of binding.subjects ?? []) {
    if (subject?.kind === 'User' || subject?.kind === 'Group') subject.apiGroup ||= group
  }
}

export const role = defineKind<Role>({
  group,
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  namespaced: true,
  validate: validateRole,
  validateUpdate: validateRoleUpdate,
  columns: [name, createdAt],
})

export const clusterRole = defineKind<ClusterRole>({
  group,
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
  validate: validateClusterRole,
  validateUpdate: validateClusterRoleUpdate,
  columns: [name, createdAt],
})

export const roleBinding = defineKind<RoleBinding>({
  group,
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  namespaced: true,
  setDefaults: setBindingDefaults,
  validate: validateRoleBinding,
  validateUpdate: validateRoleBindingUpdate,
  columns: bindingColumns,
})

export const clusterRoleBinding = defineKind<ClusterRoleBinding>({
  group,
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
  setDefaults: setBindingDefaults,
  validate: validateClusterRoleBinding,
  validateUpdate: validateClusterRoleBindingUpdate,
  columns: bindingColumns,
})
