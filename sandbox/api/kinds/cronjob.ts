/** CronJobs. */
import { within } from '../../parts.ts'
import { since } from '../formats/duration.ts'
import { defineKind } from '../kind.ts'
import type { CronJob } from '../types.ts'
import { age, containerColumns, formatSelector, name } from './columns.ts'
import { setJobTemplateDefaults } from './job.ts'
import { workloads } from './validation/parts.ts'

export const cronJob = defineKind<CronJob>({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(cron) {
    const spec = (cron.spec ??= {})
    spec.concurrencyPolicy ||= 'Allow'
    spec.suspend ??= false
    spec.successfulJobsHistoryLimit ??= 3
    spec.failedJobsHistoryLimit ??= 1
    setJobTemplateDefaults((spec.jobTemplate ??= {}))
    cron.status ??= {}
  },
  checks: within(workloads, checks => checks.cronJob),
  columns: [
    name,
    { name: 'Schedule', cell: c => c.spec.schedule },
    { name: 'Timezone', cell: c => c.spec.timeZone ?? '<none>' },
    // printed as text, as the published table does in spite of its type
    {
      name: 'Suspend',
      type: 'boolean',
      cell: c => (c.spec.suspend == null ? '<unset>' : c.spec.suspend ? 'True' : 'False'),
    },
    { name: 'Active', type: 'integer', cell: c => c.status.active?.length ?? 0 },
    {
      name: 'Last Schedule',
      cell: (c, now) => (c.status.lastScheduleTime ? since(c.status.lastScheduleTime, now) : '<none>'),
    },
    age,
    ...containerColumns<CronJob>(c => c.spec.jobTemplate.spec?.template),
    { name: 'Selector', priority: 1, cell: c => formatSelector(c.spec.jobTemplate.spec?.selector) },
  ],
})
