/** The Pods behind a workload, and the ports that its containers name. */
import { parseLabelSelector, type Requirement } from '../../api/requests/selectors.ts'
import { KubectlError } from '../errors.ts'
import { byBytes, isRecord, type Obj, sortedKeys } from '../objects.ts'

/** A selector that is read here, before any server sees it. @param words of the refusal, before the reader's own @throws KubectlError */
export function readSelector(text: string, words = ''): Requirement[] {
  try {
    return parseLabelSelector(text)
  } catch (e) {
    // The library of this kubectl is older than the server's, and says some things otherwise.
    const { message } = e as Error
    throw new KubectlError(
      words +
        message
          .replace('requirement: key: ', 'requirement: <nil>: ')
          .replace(/(no more than 63) bytes/, '$1 characters')
          .replace('a valid label key must', 'a qualified name must'),
    )
  }
}

/** A label selector as a URL writes it. */
export function selectorText(selector: Obj): string {
  if (!selector) return ''
  const parts = sortedKeys(selector.matchLabels).map(key => ({ key, text: `${key}=${selector.matchLabels[key]}` }))
  for (const { key, operator, values = [] } of (selector.matchExpressions ?? []) as Obj[]) {
    const list = [...values].sort().join(',')
    if (operator === 'In') parts.push({ key, text: `${key} in (${list})` })
    else if (operator === 'NotIn') parts.push({ key, text: `${key} notin (${list})` })
    else parts.push({ key, text: operator === 'Exists' ? key : `!${key}` })
  }
  return parts
    .sort((a, b) => byBytes(a.key, b.key))
    .map(p => p.text)
    .join(',')
}

export const podSpecOf = (object: Obj): Obj | undefined => {
  switch (object.kind) {
    case 'Pod':
      return object.spec
    case 'CronJob':
      return object.spec?.jobTemplate?.spec?.template?.spec
    case 'PodTemplate':
      return object.template?.spec
    default:
      return isRecord(object.spec?.template) ? object.spec.template.spec : undefined
  }
}

/** Where the Pods of a workload are found. @throws KubectlError for what has none */
export function podsSelector(object: Obj): string {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'StatefulSet':
    case 'Job':
      return selectorText(object.spec.selector)
    case 'ReplicationController':
    case 'Service':
      if (!object.spec.selector || !Object.keys(object.spec.selector).length)
        throw new KubectlError(
          object.kind === 'Service'
            ? `invalid service '${object.metadata.name}': Service is defined without a selector`
            : 'no selector',
        )
      return selectorText({ matchLabels: object.spec.selector })
    default:
      throw new KubectlError(`selector for ${goTypeName(object)} not implemented`)
  }
}

/** `*v1.ConfigMap` */
export const goTypeName = (object: Obj): string =>
  `*${String(object.apiVersion ?? '')
    .split('/')
    .at(-1)}.${object.kind}`

/** Pods in the order in which `logs` and `exec` prefer them: those that run and are ready, then by age. */
export const byActivity = (a: Obj, b: Obj): number => order(a, b, restarts(a) - restarts(b))

/** For logs: what restarts most has the most to tell. */
export const byLogs = (a: Obj, b: Obj): number => order(a, b, restarts(b) - restarts(a))

const restarts = (p: Obj): number =>
  Math.max(0, ...(p.status?.containerStatuses ?? []).map((c: Obj) => c.restartCount as number))

function order(a: Obj, b: Obj, byRestarts: number): number {
  const assigned = (p: Obj): number => (p.spec.nodeName ? 1 : 0)
  const phase = (p: Obj): number => ({ Pending: 0, Unknown: 1, Running: 2 })[p.status?.phase as string] ?? 2
  /** Since when it has been ready; what is not ready will be at the end of time. */
  const ready = (p: Obj): number => {
    const condition = (p.status?.conditions ?? []).find((c: Obj) => c.type === 'Ready' && c.status === 'True')
    return condition ? Date.parse(condition.lastTransitionTime) : Number.MAX_VALUE
  }
  const age = (p: Obj): number => Date.parse(p.metadata.creationTimestamp)
  return assigned(b) - assigned(a) || phase(b) - phase(a) || ready(a) - ready(b) || byRestarts || age(a) - age(b)
}
