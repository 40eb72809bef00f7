/** Jobs. */

import { within } from '../../parts.ts'
import { humanDuration } from '../formats/duration.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { Job } from '../types.ts'
import { age, containerColumns, formatSelector, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

/** The defaults of a Job's spec, alone or inside a CronJob. */
function setPatternDefaults(spec: Draft): void {
  setPodTemplateDefaults((spec.template ??= {}))
  for (const rule of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of rule?.onPodConditions ?? []) if (pattern) pattern.status ||= 'True'
  }
}

export const setJobTemplateDefaults = (template: Draft): void => {
  template.metadata ??= {}
  setPatternDefaults((template.spec ??= {}))
}

const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name']
const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid']

/** A Job selects its Pods by its own uid, unless it says that it brings its own selector. */
function generateSelector(job: Draft): void {
  const { metadata, spec } = job
  const labels = (spec.template.metadata.labels ??= {})
  for (const key of NAME_LABELS) labels[key] ??= metadata.name ?? ''
  for (const key of UID_LABELS) labels[key] ??= metadata.uid
  const selector = (spec.selector ??= {})
  selector.matchLabels ??= {}
  selector.matchLabels[UID_LABELS[1]!] ??= metadata.uid
}

const has = ({ status }: Job, type: string): boolean => status.conditions?.find(c => c.type === type)?.status === 'True'

function statusText(job: Job): string {
  if (has(job, 'Complete')) return 'Complete'
  if (has(job, 'Failed')) return 'Failed'
  if (job.metadata.deletionTimestamp) return 'Terminating'
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(type => has(job, type)) ?? 'Running'
}

function completions({ spec, status }: Job): string {
  const done = status.succeeded ?? 0
  if (spec.completions != null) return `${done}/${spec.completions}`
  const parallelism = spec.parallelism ?? 0
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`
}

function duration({ status }: Job, now: number): string {
  if (!status.startTime) return ''
  const end = status.completionTime ? Date.parse(status.completionTime) : now
  return humanDuration(end - Date.parse(status.startTime))
}

export const job = defineKind<Job>({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  hasGeneration: true,
  // For the sake of old clients; kubectl always says what it wants.
  defaultPropagation: 'Orphan',
  setDefaults(job) {
    const spec = (job.spec ??= {})
    setPatternDefaults(spec)
    if (spec.completions == null && spec.parallelism == null) spec.completions = 1
    spec.parallelism ??= 1
    spec.backoffLimit ??= spec.backoffLimitPerIndex != null ? 2147483647 : 6
    const { labels } = spec.template.metadata
    job.metadata ??= {}
    // The same map, as in Kubernetes: what the selector adds to the template's labels stands among the Job's own, too.
    if (labels && !Object.keys(job.metadata.labels ?? {}).length) job.metadata.labels = labels
    spec.completionMode ??= 'NonIndexed'
    spec.suspend ??= false
    spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'
    spec.manualSelector ??= false
    job.status ??= {}
  },
  prepareForCreate(job) {
    if (!job.spec.manualSelector) generateSelector(job)
    // Read back, a Job without labels has those of its template, the generated ones among them.
    const { labels } = job.spec.template.metadata
    if (labels && !Object.keys(job.metadata.labels ?? {}).length) job.metadata.labels = { ...labels }
  },
  checks: within(workloads, checks => checks.job),
  columns: [
    name,
    { name: 'Status', cell: statusText },
    { name: 'Completions', cell: completions },
    { name: 'Duration', cell: duration },
    age,
    ...containerColumns<Job>(j => j.spec.template),
    { name: 'Selector', priority: 1, cell: j => formatSelector(j.spec.selector) },
  ],
  selectableFields: ({ status }) => ({ 'status.successful': String(status.succeeded ?? 0) }),
})
