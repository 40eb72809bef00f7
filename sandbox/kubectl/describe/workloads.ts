/** Describes what makes Pods: Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs. */
import { humanDuration } from '../../api/formats/duration.ts'
import { deepEqual } from '../../api/formats/json.ts'
import { type Obj, printLabels } from '../objects.ts'
import { selectorText } from '../pods/selectors.ts'
import type { DescribeContext, Describer } from './index.ts'
import { controlledBy } from './pod.ts'
import { describePodTemplate } from './pod-template.ts'
import { formatSelector } from './selector.ts'
import { longTime, orNone, printBool, type Writer } from './writer.ts'

const owns = (owner: Obj, o: Obj): boolean =>
  (o.metadata.ownerReferences ?? []).some((r: Obj) => r.controller && r.uid === owner.metadata.uid)

async function podsStatus(w: Writer, o: Obj, c: DescribeContext, selector: string): Promise<void> {
  const pods = (await c.list('pods', o.metadata.namespace, selector)).filter(p => owns(o, p))
  const count = (phase: string): number => pods.filter(p => p.status?.phase === phase).length
  w.field(
    'Pods Status',
    `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  )
}

export const deployment: Describer = async (w, d, c) => {
  const { spec, status = {} } = d
  w.field('Name', d.metadata.name)
  w.field('Namespace', d.metadata.namespace)
  w.field('CreationTimestamp', longTime(d.metadata.creationTimestamp))
  w.labels('Labels', d.metadata.labels)
  w.annotations('Annotations', d.metadata.annotations)
  w.field('Selector', selectorText(spec.selector))
  w.field(
    'Replicas',
    `${spec.replicas} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
  )
  w.field('StrategyType', spec.strategy?.type)
  w.field('MinReadySeconds', spec.minReadySeconds ?? 0)
  const ru = spec.strategy?.rollingUpdate
  if (ru) w.field('RollingUpdateStrategy', `${ru.maxUnavailable} max unavailable, ${ru.maxSurge} max surge`)
  describePodTemplate(w, spec.template)
  if (status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------')
    for (const x of status.conditions) w.line(1, `${x.type} \t${x.status}\t${x.reason}`)
  }
  const sets = (await c.list('replicasets.apps', d.metadata.namespace, selectorText(spec.selector))).filter(rs =>
    owns(d, rs),
  )
  const now = sets.find(rs => sameTemplate(rs.spec.template, spec.template))
  const told = (list: readonly Obj[]): string =>
    list
      .map(rs => `${rs.metadata.name} (${rs.status?.replicas ?? 0}/${rs.spec.replicas} replicas created)`)
      .join(', ') || '<none>'
  const old = sets
    .filter(rs => rs !== now)
    .sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1))
  if (sets.length) {
    w.field('OldReplicaSets', told(old))
    w.field('NewReplicaSet', told(now ? [now] : []))
  }
  await c.events(d)
}

function sameTemplate(a: Obj, b: Obj): boolean {
  const { 'pod-template-hash': _hash, ...labels } = a.metadata?.labels ?? {}
  return deepEqual({ ...a, metadata: { ...a.metadata, labels } }, b)
}

export const replicaSet: Describer = async (w, rs, c) => {
  const selector =
    rs.kind === 'ReplicationController' ? printLabels(rs.spec.selector) : formatSelector(rs.spec.selector)
  w.field('Name', rs.metadata.name)
  w.field('Namespace', rs.metadata.namespace)
  w.field('Selector', selector)
  w.labels('Labels', rs.metadata.labels)
  w.annotations('Annotations', rs.metadata.annotations)
  if (controlledBy(rs)) w.field('Controlled By', controlledBy(rs))
  w.field('Replicas', `${rs.status?.replicas ?? 0} current / ${rs.spec.replicas} desired`)
  await podsStatus(w, rs, c, selector)
  describePodTemplate(w, rs.spec.template)
  if (rs.status?.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------')
    for (const x of rs.status.conditions) w.line(1, `${x.type} \t${x.status}\t${x.reason}`)
  }
  await c.events(rs)
}

export const statefulSet: Describer = async (w, s, c) => {
  const { spec } = s
  w.field('Name', s.metadata.name)
  w.field('Namespace', s.metadata.namespace)
  w.field('CreationTimestamp', longTime(s.metadata.creationTimestamp))
  w.field('Selector', selectorText(spec.selector))
  w.labels('Labels', s.metadata.labels)
  w.annotations('Annotations', s.metadata.annotations)
  w.field('Replicas', `${spec.replicas} desired | ${s.status?.replicas ?? 0} total`)
  w.field('Update Strategy', spec.updateStrategy?.type)
  const ru = spec.updateStrategy?.rollingUpdate
  if (ru?.partition !== undefined) {
    w.field('Partition', ru.partition, 1)
    if (ru.maxUnavailable !== undefined) w.field('MaxUnavailable', ru.maxUnavailable, 1)
  }
  await podsStatus(w, s, c, selectorText(spec.selector))
  describePodTemplate(w, spec.template)
  claims(w, spec.volumeClaimTemplates)
  await c.events(s)
}

function claims(w: Writer, templates: readonly Obj[] | undefined): void {
  if (!templates?.length) {
    w.field('Volume Claims', '<none>')
    return
  }
  w.line(0, 'Volume Claims:')
  for (const t of templates) {
    w.field('Name', t.metadata.name, 1)
    w.field('StorageClass', t.spec.storageClassName ?? '', 1)
    w.labels('Labels', t.metadata.labels, '  ', '\t')
    w.labels('Annotations', t.metadata.annotations, '  ', '\t')
    w.field('Capacity', t.spec.resources?.requests?.storage ?? '<default>', 1)
    w.field('Access Modes', `[${(t.spec.accessModes ?? []).join(' ')}]`, 1)
  }
}

export const daemonSet: Describer = async (w, d, c) => {
  const { spec, status = {} } = d
  w.field('Name', d.metadata.name)
  w.field('Namespace', d.metadata.namespace)
  w.field('Selector', selectorText(spec.selector))
  w.field('Node-Selector', orNone(printLabels(spec.template.spec.nodeSelector)))
  w.labels('Labels', d.metadata.labels)
  w.annotations('Annotations', d.metadata.annotations)
  w.line(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}`)
  w.line(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}`)
  w.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`)
  w.line(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`)
  w.line(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}`)
  await podsStatus(w, d, c, selectorText(spec.selector))
  describePodTemplate(w, spec.template)
  await c.events(d)
}

function jobFields(w: Writer, spec: Obj): void {
  if (spec.parallelism !== undefined) w.field('Parallelism', spec.parallelism)
  w.field('Completions', spec.completions ?? '<unset>')
}

export const job: Describer = async (w, j, c) => {
  const { spec, status = {} } = j
  w.field('Name', j.metadata.name)
  w.field('Namespace', j.metadata.namespace)
  w.field('Selector', selectorText(spec.selector))
  w.labels('Labels', j.metadata.labels)
  w.annotations('Annotations', j.metadata.annotations)
  if (controlledBy(j)) w.field('Controlled By', controlledBy(j))
  jobFields(w, spec)
  if (spec.completionMode) w.field('Completion Mode', spec.completionMode)
  if (spec.suspend !== undefined) w.field('Suspend', spec.suspend)
  if (spec.backoffLimit !== undefined) w.field('Backoff Limit', spec.backoffLimit)
  if (spec.ttlSecondsAfterFinished !== undefined) w.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished)
  if (status.startTime) w.field('Start Time', longTime(status.startTime))
  if (status.completionTime) w.field('Completed At', longTime(status.completionTime))
  if (status.startTime && status.completionTime)
    w.field('Duration', humanDuration(Date.parse(status.completionTime) - Date.parse(status.startTime)))
  if (spec.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`)
  const readyPart = status.ready === undefined ? '' : ` (${status.ready} Ready)`
  w.field(
    'Pods Statuses',
    `${status.active ?? 0} Active${readyPart} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
  )
  if (spec.completionMode === 'Indexed') w.field('Completed Indexes', capIndexes(status.completedIndexes ?? ''))
  describePodTemplate(w, spec.template)
  await c.events(j)
}

const capIndexes = (text: string): string => {
  if (!text) return '<none>'
  if (text.length <= 50) return text
  const comma = text.indexOf(',', 50)
  return comma < 0 ? text : `${text.slice(0, comma + 1)}...`
}

export const cronJob: Describer = async (w, j, c) => {
  const { spec, status = {} } = j
  w.meta(j)
  w.field('Schedule', spec.schedule)
  w.field('Concurrency Policy', spec.concurrencyPolicy)
  w.field('Suspend', printBool(spec.suspend))
  w.field('Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>')
  w.field('Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>')
  w.field(
    'Starting Deadline Seconds',
    spec.startingDeadlineSeconds !== undefined ? `${spec.startingDeadlineSeconds}s` : '<unset>',
  )
  const t = spec.jobTemplate.spec
  w.field('Selector', t.selector ? formatSelector(t.selector) : '<unset>')
  w.field('Parallelism', t.parallelism ?? '<unset>')
  w.field('Completions', t.completions ?? '<unset>')
  if (t.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${t.activeDeadlineSeconds}s`)
  describePodTemplate(w, t.template)
  w.field('Last Schedule Time', status.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>')
  w.field('Active Jobs', (status.active ?? []).map((r: Obj) => r.name).join(', ') || '<none>')
  await c.events(j)
}
