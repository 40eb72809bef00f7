/**
 * Diagnoses of owners that have fewer Pods than they want: refusals that no Pod can report, because none was created.
 */
import type { ClusterView, Workload } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { counts, podsOf } from '../picture/relations.ts'
import { isFinished } from '../picture/resources.ts'
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
    /(?:maximum|minimum) (\S+) usage per (\S+) is (\S+?)[.,]?(?=\s|$)/,
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

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

const conditionsOf = (workload: Workload): readonly Condition[] =>
  (workload.status as { conditions?: readonly Condition[] }).conditions ?? []

/** Decided first, and true once its Pods have ended. */
const FAILED = /^(FailureTarget|Failed)$/
const DECIDED = /^(SuccessCriteriaMet|Complete|FailureTarget|Failed)$/
const has = (workload: Workload, types: RegExp): Condition | undefined =>
  conditionsOf(workload).find(c => types.test(c.type) && c.status === 'True')

/** Pods that it should have at this moment, ready or not, of those that have not ended. */
function wanted(workload: Workload): number {
  if (workload.kind !== 'Job') return counts(workload)?.wanted ?? 0
  const { suspend, parallelism = 1, completions } = workload.spec
  const { succeeded = 0 } = workload.status
  if (suspend || has(workload, DECIDED)) return 0
  // Without a number of completions one that succeeds is enough, and no more are made.
  return completions === undefined ? (succeeded ? 0 : parallelism) : Math.min(parallelism, completions - succeeded)
}

/** What its own conditions say of having given up. */
function givenUp(workload: Workload, w: W): Finding[] {
  if (workload.kind === 'Job') {
    const { reason, message } = has(workload, FAILED) ?? {}
    const { backoffLimit = 6, activeDeadlineSeconds = 0 } = workload.spec
    if (reason === 'BackoffLimitExceeded') return [{ text: w.jobFailures(backoffLimit), ...said(message) }]
    if (reason === 'DeadlineExceeded') return [{ text: w.deadline(activeDeadlineSeconds), ...said(message) }]
  }
  if (workload.kind === 'Deployment') {
    const stuck = conditionsOf(workload).find(c => c.reason === 'ProgressDeadlineExceeded')
    if (stuck) return [{ text: w.stalled(workload.spec.progressDeadlineSeconds ?? 600), ...said(stuck.message) }]
  }
  return []
}

/** Empty when nothing is in its way. */
export function makerFindings(workload: Workload, view: ClusterView, w: W): Finding[] {
  const own = givenUp(workload, w)
  const { uid } = workload.metadata
  const makers = view.workloads.filter(
    m => m.metadata.uid === uid || m.metadata.ownerReferences?.some(o => o.controller && o.uid === uid),
  )
  const found = makers.flatMap(maker => {
    const made = podsOf(maker, view).filter(p => !p.metadata.deletionTimestamp && !isFinished(p)).length
    if (made >= wanted(maker)) return []
    const event = view.events.findLast(e => e.reason === 'FailedCreate' && e.involvedObject.uid === maker.metadata.uid)
    return event ? [{ text: w.fewer(made, wanted(maker)) }, refused(event.message ?? '', w)] : []
  })
  return [...own, ...found]
}
