/** RBAC: roles and who holds them, in a namespace and in the whole cluster. */
import { within } from '../../parts.ts'
import { type Column, type Draft, defineKind } from '../kind.ts'
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../types.ts'
import { age, name, plainColumns } from './columns.ts'
import { configuration } from './validation/parts.ts'

const group = 'rbac.authorization.k8s.io'

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
  createOnUpdate: true,
  namespaced: true,
  checks: within(configuration, checks => checks.role),
  columns: plainColumns,
})

export const clusterRole = defineKind<ClusterRole>({
  group,
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  createOnUpdate: true,
  namespaced: false,
  checks: within(configuration, checks => checks.clusterRole),
  columns: plainColumns,
})

export const roleBinding = defineKind<RoleBinding>({
  group,
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  createOnUpdate: true,
  namespaced: true,
  setDefaults: setBindingDefaults,
  checks: within(configuration, checks => checks.roleBinding),
  columns: bindingColumns,
})

export const clusterRoleBinding = defineKind<ClusterRoleBinding>({
  group,
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  createOnUpdate: true,
  namespaced: false,
  setDefaults: setBindingDefaults,
  checks: within(configuration, checks => checks.clusterRoleBinding),
  columns: bindingColumns,
})
