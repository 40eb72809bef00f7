/** ControllerRevisions: the history of StatefulSets and DaemonSets. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ControllerRevision } from '../types.ts'
import { age, name } from './columns.ts'
import { workloads } from './validation/parts.ts'

function controller({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(o => o.controller)
  if (!owner) return '<none>'
  const group = owner.apiVersion.includes('/') ? owner.apiVersion.split('/')[0] : ''
  return `${owner.kind}${group ? `.${group}` : ''}`.toLowerCase().concat('/', owner.name)
}

export const controllerRevision = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  namespaced: true,
  checks: within(workloads, checks => checks.controllerRevision),
  columns: [name, { name: 'Controller', cell: controller }, { name: 'Revision', cell: r => r.revision }, age],
})
