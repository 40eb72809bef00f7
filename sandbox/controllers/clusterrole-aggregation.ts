/** Fills ClusterRoles that are made up of others, chosen by label. */
import { deepEqual } from '../api/formats/json.ts'
import { clusterRole as roleKind } from '../api/kinds/rbac.ts'
import { type LabelSelector, selects } from '../api/requests/selectors.ts'
import type { ClusterRole } from '../api/types.ts'
import { type Controller, keyOf, watch } from './controller.ts'

const selectorsOf = (role: ClusterRole): readonly LabelSelector[] =>
  (role.aggregationRule?.clusterRoleSelectors ?? []) as LabelSelector[]

export const clusterRoleAggregationController: Controller = {
  name: 'clusterrole-aggregation-controller',
  for: roleKind,
  watches: [
    watch(roleKind, ({ object, old }, client) => {
      const meant = (role: ClusterRole, of: ClusterRole | undefined): boolean =>
        of !== undefined && selectorsOf(role).some(s => selects(s, of.metadata.labels))
      return client
        .list(roleKind)
        .filter(role => meant(role, object) || meant(role, old))
        .map(keyOf)
    }),
  ],
  reconcile({ name }, { client }) {
    const role = client.find(roleKind, '', name)
    if (!role?.aggregationRule) return
    const rules: NonNullable<ClusterRole['rules']> = []
    for (const selector of selectorsOf(role)) {
      for (const other of client.list(roleKind)) {
        if (other.metadata.name === name || !selects(selector, other.metadata.labels)) continue
        for (const rule of other.rules ?? []) if (!rules.some(r => deepEqual(r, rule))) rules.push(rule)
      }
    }
    if (!deepEqual(rules, role.rules ?? [])) client.update(roleKind, { ...role, rules })
  },
}
