/** The events of an object, as the end of its description. */
import { since } from '../../api/duration.ts'
import { queryString } from '../client.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import type { Writer } from './writer.ts'

export async function eventsOf(k: Kubectl, object: Obj): Promise<Obj[]> {
  const { name, namespace = '', uid } = object.metadata
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

const lastTime = (e: Obj): string =>
  e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime ?? e.firstTimestamp ?? ''

export function describeEvents(w: Writer, events: readonly Obj[], now: number): void {
  if (!events.length) {
    w.line(0, 'Events:\t<none>')
    return
  }
  w.flush()
  const sorted = [...events].sort((a, b) => Date.parse(lastTime(a)) - Date.parse(lastTime(b)))
  w.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage')
  w.line(1, '----\t------\t----\t----\t-------')
  for (const e of sorted) {
    const first = e.firstTimestamp ?? e.eventTime
    const age = e.series
      ? `${since(e.series.lastObservedTime, now)} (x${e.series.count} over ${since(first, now)})`
      : e.count > 1
        ? `${since(e.lastTimestamp, now)} (x${e.count} over ${since(e.firstTimestamp, now)})`
        : since(first, now)
    const from = e.source?.component || e.reportingComponent || ''
    w.line(
      1,
      `${e.type}\t${e.reason}\t${age}\t${from}\t${String(e.message ?? '')
        .trim()
        .replaceAll('\t', ' ')}`,
    )
  }
}
