/** LimitRanges. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { LimitRange } from '../types.ts'
import { plainColumns } from './columns.ts'
import { setResourceListDefaults } from './resources.ts'
import { configuration } from './validation/parts.ts'

export const limitRange = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  createOnUpdate: true,
  shortNames: ['limits'],
  namespaced: true,
  setDefaults(range) {
    range.spec ??= {}
    for (const limit of range.spec.limits ?? []) {
      if (!limit) continue
      for (const list of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'])
        setResourceListDefaults(limit[list])
      if (limit.type !== 'Container') continue
      limit.default = { ...limit.max, ...limit.default }
      limit.defaultRequest = { ...limit.min, ...limit.default, ...limit.defaultRequest }
      for (const list of ['default', 'defaultRequest']) if (!Object.keys(limit[list]).length) delete limit[list]
    }
  },
  prepareForCreate(range, context) {
    range.metadata.name ||= context.uid()
  },
  checks: within(configuration, checks => checks.limitRange),
  columns: plainColumns,
})
