/** PodDisruptionBudgets. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { PodDisruptionBudget } from '../types.ts'
import { age, name } from './columns.ts'
import { configuration } from './validation/parts.ts'

const NO_STATUS = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }

export const podDisruptionBudget = defineKind<PodDisruptionBudget>({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  namespaced: true,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(budget) {
    budget.spec ??= {}
    budget.status = { ...NO_STATUS, ...budget.status }
  },
  prepareForCreate(budget) {
    budget.status = { ...NO_STATUS }
  },
  checks: within(configuration, checks => checks.podDisruptionBudget),
  columns: [
    name,
    { name: 'Min Available', cell: b => String(b.spec.minAvailable ?? 'N/A') },
    { name: 'Max Unavailable', cell: b => String(b.spec.maxUnavailable ?? 'N/A') },
    { name: 'Allowed Disruptions', type: 'integer', cell: b => b.status.disruptionsAllowed ?? 0 },
    age,
  ],
})
