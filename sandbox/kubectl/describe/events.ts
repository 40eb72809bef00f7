/** The events of an object, as the end of its description. */
import { since } from '../../api/formats/duration.ts'
import { queryString } from '../client/client.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { goSort } from '../print/go-sort.ts'
import type { Writer } from './writer.ts'

export async function eventsOf(k: Kubectl, object: Obj): Promise<Obj[]> {
  const { name, namespace = '', annotations } = object.metadata
  // Events of a static Pod are about what its node runs, of which this is the mirror.
  const uid = (object.kind === 'Pod' && annotations?.['kubernetes.io/config.mirror']) || object.metadata.uid
  const fields = [
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace}`,
    ...(object.kind ? [`involvedObject.kind=${object.kind}`] : []),
    ...(uid ? [`involvedObject.uid=${uid}`] : []),
  ]
  const path = `/api/v1${namespace ? `/namespaces/${namespace}` : ''}/events`
  const list = await (await k.client()).json('GET', path + queryString({ fieldSelector: fields.join(','), limit: 500 }))
  return list.items
}

/** Events of the newer form have no last time, and stand before all others. */
const lastTime = (e: Obj): number => (e.lastTimestamp ? Date.parse(e.lastTimestamp) : Number.NEGATIVE_INFINITY)

export function describeEvents(w: Writer, events: readonly Obj[], now: number): void {
  if (!events.length) {
    w.line(0, 'Events:\t<none>')
    return
  }
  w.flush()
  const sorted = [...events]
  goSort(sorted, (a, b) => lastTime(a) < lastTime(b))
  w.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage')
  w.line(1, '----\t------\t----\t----\t-------')
  for (const e of sorted) {
    const first = since(e.eventTime ?? e.firstTimestamp, now)
    const age = e.series
      ? `${since(e.series.lastObservedTime, now)} (x${e.series.count} over ${first})`
      : e.count > 1
        ? `${since(e.lastTimestamp, now)} (x${e.count} over ${first})`
        : first
    const from = e.source?.component || e.reportingComponent || ''
    w.line(
      1,
      `${e.type}\t${e.reason}\t${age}\t${from}\t${String(e.message ?? '')
        .trim()
        .replaceAll('\t', ' ')}`,
    )
  }
}
