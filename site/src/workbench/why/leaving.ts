/**
 * Diagnoses of Pods that are deleted, evicted, over the limits of the whole Pod, refused by the kubelet, or on a lost
 * node.
 */
import { quantityValue } from '../../../../sandbox/api/resources/quantity.ts'
import { amount } from '../picture/resources.ts'
import { type Case, type Finding, lastEvent, said, statusesOf } from './case.ts'
import { ending } from './containers.ts'
import { lost, nodeLost, nodeOf } from './lost.ts'
import { refusalOf } from './refusals.ts'

export function unknown(it: Case): Finding[] {
  const at = nodeOf(it)
  return at ? lost(it, at.node, at.condition) : []
}

export function terminating(it: Case): Finding[] {
  const { pod, w, now } = it
  const at = nodeOf(it)
  if (at && at.condition.status !== 'True') return [nodeLost(it, at.node, at.condition), { text: w.terminatingLost }]
  const until = Date.parse(String(pod.metadata.deletionTimestamp))
  const running = statusesOf(pod)
    .filter(s => s.state?.running)
    .map(s => s.name)
  const finalizers = pod.metadata.finalizers ?? []
  const grace = pod.metadata.deletionGracePeriodSeconds ?? 0
  const left = until > now ? w.between + w.terminatingLeft(w.span(until - now)) : ''
  return [
    running.length > 0
      ? { text: `${w.terminating(grace)}${left}`, ...(until > now && { until }) }
      : { text: w.terminatingEnded },
    ...(running.length > 0 ? [{ text: w.stillRunning(running.join(', ')) }] : []),
    ...(finalizers.length > 0 ? [{ text: w.finalizers(finalizers.join(', ')) }] : []),
  ]
}

/** The cause of an eviction: the node's need, or a limit of the Pod's own. */
function evicted({ pod, w }: Case, message: string): Finding[] {
  const node = pod.spec.nodeName ?? ''
  const [, resource, threshold = '', available = ''] =
    /low on resource: (\S+)\. Threshold quantity: ([^,]+), available: (\S+)\./.exec(message) ?? []
  if (resource) {
    const called = w.resources[resource] ?? resource
    const bytes = (quantity: string): string => amount(resource, quantityValue(quantity))
    const more = [...message.matchAll(/Container (\S+) was using ([^,]+), request is ([^,]+),/g)]
    return [
      { text: w.evictedShort(node, called, bytes(available), bytes(threshold)), ...said(message) },
      ...more.map(([, container = '', used = '', request = '']) => ({
        text: w.evictedMore(container, called, bytes(used), bytes(request)),
      })),
    ]
  }
  const [, volume, volumeLimit = ''] = /EmptyDir volume "([^"]+)" exceeds the limit "([^"]+)"/.exec(message) ?? []
  if (volume) return [{ text: w.overVolume(volume, volumeLimit), ...said(message) }]
  const [, total] = /exceeds the total limit of containers (\S+)\./.exec(message) ?? []
  if (total) return [{ text: w.overPodStorage(total), ...said(message) }]
  const [, container, limit = ''] =
    /Container (\S+) exceeded its local ephemeral storage limit "([^"]+)"/.exec(message) ?? []
  if (container) return [{ text: w.overStorage(container, limit), ...said(message) }]
  const [, pressure] = /had condition: \[([^\]]+)\]/.exec(message) ?? []
  return [{ text: pressure ? w.rejected(node, w.pressure(pressure)) : w.evicted, ...said(message) }]
}

/** The kubelet has looked again at what the scheduler, or whoever wrote nodeName, had decided. */
function rejected({ pod, w, view }: Case, message: string): Finding[] {
  const name = pod.spec.nodeName ?? ''
  const node = view.nodes.find(n => n.metadata.name === name)
  const [, resource, asked, used, capacity] =
    /resource: (\S+), requested: (\d+), used: (\d+), capacity: (\d+)/.exec(message) ?? []
  const why = resource
    ? w.insufficient(
        w.resources[resource] ?? resource,
        amount(resource, Number(asked)),
        amount(resource, Math.max(0, Number(capacity) - Number(used))),
      )
    : node && refusalOf(message, node, w)
  return [{ text: why ? w.rejected(name, why) : w.rejectedOther(name), ...said(message) }]
}

export function failed(it: Case): Finding[] {
  const { pod, w } = it
  const { reason = '', message = '' } = pod.status
  if (reason === 'Evicted') return evicted(it, message)
  if (reason === 'DeadlineExceeded')
    return [{ text: w.deadline(pod.spec.activeDeadlineSeconds ?? 0), ...said(message) }]
  if (/^Pod was rejected/.test(message)) return rejected(it, message)
  const found = statusesOf(pod).flatMap(status => {
    const ended = status.state?.terminated
    if (!ended || ended.exitCode === 0) return []
    const init = pod.spec.initContainers?.some(c => c.name === status.name)
    return [{ text: (init ? w.initFailed : w.failed)(status.name) }, ...ending(it, status, ended, false)]
  })
  return found.length > 0 ? found : message ? [{ text: message }] : []
}

/** Nothing is wrong, unless it was sent away and only ended well at that. */
export function succeeded(it: Case): Finding[] {
  const eviction = lastEvent(it, 'Evicted')
  return eviction ? [...evicted(it, eviction.message ?? ''), { text: it.w.exitObeyed }] : []
}
