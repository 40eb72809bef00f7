/** A new Pod of a Job: its template, and for an index what marks it and has failed before. */
import { job as jobKind } from '../../api/kinds/job.ts'
import type { Job, Pod, Unsaved } from '../../api/types.ts'
import { podFromTemplate } from '../podcontrol.ts'
import * as of from './pods.ts'

/** @param pods of the Job, whose failures of the same index the new one tells */
export function newPod(job: Job, pods: readonly Pod[], index: number | undefined): Unsaved<Pod> {
  const { template } = job.spec
  const draft = podFromTemplate(template, job, jobKind)
  const finalizers = [...new Set([...(draft.metadata.finalizers ?? []), of.FINALIZER])]
  if (index === undefined) return { ...draft, metadata: { ...draft.metadata, finalizers } }
  const env = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['${of.INDEX}']` } },
  }
  const withIndex = <C extends { env?: readonly { name: string }[] }>(c: C): C =>
    c.env?.some(e => e.name === env.name) ? c : { ...c, env: [...(c.env ?? []), env] }
  const { name } = job.metadata
  const annotations: Record<string, string> = { ...draft.metadata.annotations, [of.INDEX]: String(index) }
  if (job.spec.backoffLimitPerIndex !== undefined) {
    annotations[of.INDEX_FAILURES] = String(countedFailures(job, pods, index))
    const ignored =
      pods.filter(p => of.indexOf(p) === index && p.status.phase === 'Failed').length -
      countedFailures(job, pods, index)
    if (ignored > 0) annotations[of.INDEX_IGNORED] = String(ignored)
  }
  return {
    metadata: {
      ...draft.metadata,
      generateName: `${name.slice(0, 250 - String(index).length)}-${index}-`,
      labels: { ...draft.metadata.labels, [of.INDEX]: String(index) },
      annotations,
      finalizers,
    },
    spec: {
      ...draft.spec,
      hostname: `${name}-${index}`,
      containers: draft.spec.containers.map(withIndex),
      ...(draft.spec.initContainers && { initContainers: draft.spec.initContainers.map(withIndex) }),
    },
  }
}

function countedFailures(job: Job, pods: readonly Pod[], index: number): number {
  const failed = pods.filter(pod => of.indexOf(pod) === index && of.isFailed(job, pod))
  return Math.max(0, ...failed.map(pod => of.failuresOfIndex(pod) + (of.judge(job, pod).action === 'Ignore' ? 0 : 1)))
}
