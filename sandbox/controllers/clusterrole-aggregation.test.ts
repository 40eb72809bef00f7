/** The clusterrole-aggregation controller. */
import { expect, it } from 'vitest'
import { roleRules } from '../api/authorization/rbac.ts'
import { clusterRole } from '../api/kinds/rbac.ts'
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts'
import { makeWorld } from './testing.ts'

it('an aggregated ClusterRole holds the rules of those it selects', async () => {
  const w = makeWorld({ controllers: [clusterRoleAggregationController] })
  const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] }
  w.client.create(clusterRole, {
    metadata: { name: 'all' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] },
    rules: [],
  })
  w.client.create(clusterRole, { metadata: { name: 'one', labels: { part: 'yes' } }, rules: [rule] })
  await w.clock.settle()
  expect(w.client.get(clusterRole, '', 'all').rules).toEqual([rule])
  // Whoever asks what it grants is told of each rule once.
  expect(roleRules(w.server, 'ClusterRole', '', 'all')).toEqual([rule])
})
