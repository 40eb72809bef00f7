/** RuntimeClasses: another way to run a Pod's containers. Nodes here have one, which runtimes call runc. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { RuntimeClass } from '../types.ts'
import { age, name } from './columns.ts'
import { workloads } from './validation/parts.ts'

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  createOnUpdate: true,
  namespaced: false,
  checks: within(workloads, checks => checks.runtimeClass),
  columns: [name, { name: 'Handler', cell: c => c.handler ?? '' }, age],
})
