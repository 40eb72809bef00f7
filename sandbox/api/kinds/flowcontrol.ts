/** flowcontrol.apiserver.k8s.io: which requests come before which. Stored; this server is never so busy that it matters. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { FlowSchema, PriorityLevelConfiguration } from '../types.ts'
import { age, name } from './columns.ts'
import { rare } from './validation/parts.ts'

const common = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  namespaced: false,
  subresources: ['status'],
  hasGeneration: true,
  statusAlone: true,
} as const

export const flowSchema = defineKind<FlowSchema>({
  ...common,
  kind: 'FlowSchema',
  plural: 'flowschemas',
  setDefaults(schema) {
    schema.spec ??= {}
    schema.spec.matchingPrecedence ||= 1000
    schema.status ??= {}
  },
  checks: within(rare, checks => checks.flowSchema),
  columns: [
    name,
    { name: 'PriorityLevel', cell: s => s.spec.priorityLevelConfiguration?.name ?? '' },
    { name: 'MatchingPrecedence', cell: s => s.spec.matchingPrecedence ?? 0 },
    { name: 'DistinguisherMethod', cell: s => s.spec.distinguisherMethod?.type ?? '<none>' },
    age,
    { name: 'MissingPL', cell: s => s.status.conditions?.find(c => c.type === 'Dangling')?.status ?? '?' },
  ],
})

export const priorityLevelConfiguration = defineKind<PriorityLevelConfiguration>({
  ...common,
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  setDefaults(level) {
    const { limited, exempt } = (level.spec ??= {})
    if (exempt) {
      exempt.nominalConcurrencyShares ??= 0
      exempt.lendablePercent ??= 0
    }
    if (limited) {
      limited.nominalConcurrencyShares ??= 30
      limited.lendablePercent ??= 0
      limited.limitResponse ??= {}
      const { queuing } = limited.limitResponse
      if (queuing) {
        queuing.handSize ||= 8
        queuing.queues ||= 64
        queuing.queueLengthLimit ||= 50
      }
    }
    level.status ??= {}
  },
  checks: within(rare, checks => checks.priorityLevelConfiguration),
  columns: [
    name,
    { name: 'Type', cell: l => l.spec.type ?? '' },
    { name: 'NominalConcurrencyShares', cell: l => l.spec.limited?.nominalConcurrencyShares ?? '<none>' },
    { name: 'Queues', cell: l => l.spec.limited?.limitResponse?.queuing?.queues ?? '<none>' },
    { name: 'HandSize', cell: l => l.spec.limited?.limitResponse?.queuing?.handSize ?? '<none>' },
    { name: 'QueueLengthLimit', cell: l => l.spec.limited?.limitResponse?.queuing?.queueLengthLimit ?? '<none>' },
    age,
  ],
})
