/** kubectl events. */
import { since } from '../../api/formats/duration.ts'
import { apiVersionOf } from '../client/discovery.ts'
import { Exit, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { goSort } from '../print/go-sort.ts'
import { objectPrinter } from '../print/printer.ts'
import { joinRows } from '../print/table.ts'
import { align, GrowingTable, TABLE_TABS } from '../print/tabwriter.ts'

/** In microseconds; what was never seen stands before all others. */
function lastSeen(e: Obj): number {
  const time: string | undefined = e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime
  if (!time) return Number.NEGATIVE_INFINITY
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? ''
  return Date.parse(time.replace(/\.\d+/, '')) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

function age(e: Obj, now: number): string {
  const first = e.firstTimestamp ?? e.eventTime
  if (e.series) return `${since(e.series.lastObservedTime, now)} (x${e.series.count} over ${since(first, now)})`
  if (e.count > 1) return `${since(e.lastTimestamp, now)} (x${e.count} over ${since(e.firstTimestamp, now)})`
  return since(first, now)
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  await k.namespace()
  const types = flags.list('types').map(t => t.toLowerCase())
  const all = flags.bool('all-namespaces')
  const fields: string[] = []
  if (flags.str('for')) {
    const [type = '', name, more] = flags.str('for').split('/')
    if (name === undefined) throw new KubectlError('--for must be in resource/name form')
    if (more !== undefined) throw new KubectlError('arguments in resource/name form may not have more than one slash')
    if (!type) throw new KubectlError('a resource must be present, got: /, Resource=')
    const m = await k.resource(type.toLowerCase()).catch(e => {
      throw e instanceof KubectlError ? new Exit(1, e.message) : e
    })
    if (name)
      fields.push(
        `involvedObject.kind=${m.kind}`,
        `involvedObject.apiVersion=${apiVersionOf(m)}`,
        `involvedObject.name=${name}`,
      )
  }
  const client = await k.client()
  const printer = flags.str('output') ? await objectPrinter(k.io, flags, { keepOrder: 'typed' }) : undefined
  for (const t of types)
    if (t !== 'normal' && t !== 'warning') throw new KubectlError('valid --types are Normal or Warning')
  const path = `/api/v1${all ? '' : `/namespaces/${await k.namespace()}`}/events`
  const query = { fieldSelector: fields.join(','), limit: flags.num('chunk-size') || undefined }
  const wanted = (e: Obj): boolean => !types.length || types.includes(String(e.type).toLowerCase())
  const row = (e: Obj): string[] => [
    ...(all ? [e.metadata.namespace] : []),
    age(e, k.now()),
    e.type,
    e.reason,
    `${e.involvedObject.kind}/${e.involvedObject.name}`,
    String(e.message ?? '').trim(),
  ]
  const header = flags.bool('no-headers') ? [] : [[...(all ? ['NAMESPACE'] : []), ...COLUMNS]]
  if (flags.bool('watch')) {
    // From the beginning, as they come; each is told at once.
    const growing = new GrowingTable()
    let above = header
    for await (const { type, object } of client.watch(path, { query })) {
      if (type === 'DELETED' || type === 'BOOKMARK' || !wanted(object)) continue
      await k.out(printer ? printer.print(asEvent(object)) : growing.print([...above, row(object)]))
      above = []
    }
    return
  }
  let list = await client.json('GET', path, { query })
  const items: Obj[] = list.items.filter(wanted)
  while (list.metadata.continue) {
    list = await client.json('GET', path, { query: { ...query, continue: list.metadata.continue } })
    items.push(...list.items.filter(wanted))
  }
  if (!items.length) return k.err(all ? 'No events found.\n' : `No events found in ${await k.namespace()} namespace.\n`)
  goSort(items, (a, b) => lastSeen(a) < lastSeen(b))
  // Names are printed of single objects only; the real one says nothing of the refusal.
  if (printer && flags.str('output') === 'name') return
  if (printer)
    await k.out(printer.print({ kind: 'EventList', apiVersion: 'v1', metadata: {}, items: items.map(asEvent) }))
  else await k.out(align(joinRows([...header, ...items.map(row)]), TABLE_TABS))
}

const COLUMNS = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
const asEvent = (e: Obj): Obj => ({ kind: 'Event', apiVersion: 'v1', ...e })
