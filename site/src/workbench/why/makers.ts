/** Why what makes Pods has fewer than it wants: refusals that no Pod can tell of, because none has come to be. */
import type { ClusterView, Workload } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { podsOf } from '../picture/relations.ts'
import { type Finding, said } from './case.ts'

type W = Words['why']

/** `requests.cpu for: a,b; limits.cpu for: a` */
const fieldsOf = (list: string, w: W): string =>
  list
    .split('; ')
    .map(entry => {
      const [field = '', containers] = entry.split(' for: ')
      return containers ? w.fieldOf(field, containers) : field
    })
    .join(w.and)

/** What the API server has against the Pod; the first that fits. */
const table: readonly (readonly [RegExp, (w: W, found: readonly string[]) => string])[] = [
  [
    /exceeded quota: (\S+), requested: (\S+), used: (\S+), limited: (\S+)/,
    (w, [quota = '', asked = '', used = '', most = '']) => w.overQuota(quota, asked, used, most),
  ],
  [
    /failed quota: (\S+): must specify (.+)$/,
    (w, [quota = '', fields = '']) => w.quotaAsks(quota, fieldsOf(fields, w)),
  ],
  [
    /(?:maximum|minimum) (\S+) usage per (\S+) is ([^,\s]+)/,
    (w, [resource = '', per = '', bound = '']) => w.outOfRange(w.resources[resource] ?? resource, per, bound),
  ],
  [/violates PodSecurity "([^":]+)[^"]*"/, (w, [level = '']) => w.podSecurity(level)],
  [/serviceaccount "([^"]+)" not found/, (w, [name = '']) => w.noAccount(name)],
  [/no PriorityClass with name (\S+) was found/, (w, [name = '']) => w.noPriority(name)],
]

function refused(message: string, w: W): Finding {
  for (const [pattern, text] of table) {
    const found = pattern.exec(message)
    if (found) return { text: text(w, found.slice(1)), ...said(message) }
  }
  return { text: w.refused, ...said(message) }
}

/** Pods that it should have at this moment, ready or not. */
function wanted(workload: Workload): number {
  switch (workload.kind) {
    case 'DaemonSet':
      return workload.status.desiredNumberScheduled ?? 0
    case 'Job':
      return workload.status.completionTime ? 0 : 1
    case 'CronJob':
      return 0
    default:
      return workload.spec.replicas ?? 1
  }
}

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

/** What its own conditions say of having given up. */
function givenUp(workload: Workload, w: W): Finding[] {
  const conditions = ((workload.status as { conditions?: readonly Condition[] }).conditions ?? []) as Condition[]
  return conditions.flatMap(({ type, status, reason, message }) => {
    if (workload.kind === 'Job' && type === 'Failed' && status === 'True') {
      if (reason === 'BackoffLimitExceeded')
        return [{ text: w.jobFailures(workload.spec.backoffLimit ?? 6), ...said(message) }]
      if (reason === 'DeadlineExceeded')
        return [{ text: w.jobDeadline(workload.spec.activeDeadlineSeconds ?? 0), ...said(message) }]
    }
    if (workload.kind === 'Deployment' && reason === 'ProgressDeadlineExceeded')
      return [{ text: w.stalled(workload.spec.progressDeadlineSeconds ?? 600), ...said(message) }]
    return []
  })
}

/** Empty when nothing is in its way. */
export function makerFindings(workload: Workload, view: ClusterView, w: W): Finding[] {
  const own = givenUp(workload, w)
  const { uid } = workload.metadata
  const makers = view.workloads.filter(
    m => m.metadata.uid === uid || m.metadata.ownerReferences?.some(o => o.controller && o.uid === uid),
  )
  const found = makers.flatMap(maker => {
    const made = podsOf(maker, view).filter(p => !p.metadata.deletionTimestamp).length
    if (made >= wanted(maker)) return []
    const event = view.events.findLast(e => e.reason === 'FailedCreate' && e.involvedObject.uid === maker.metadata.uid)
    return event ? [{ text: w.fewer(made, wanted(maker)) }, refused(event.message ?? '', w)] : []
  })
  return [...own, ...found]
}
