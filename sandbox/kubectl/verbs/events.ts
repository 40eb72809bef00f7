/** kubectl events. */
import { since } from '../../api/duration.ts'
import { Exit, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { goSort } from '../print/go-sort.ts'
import { objectPrinter } from '../print/printer.ts'
import { align, TABLE_TABS } from '../print/tabwriter.ts'

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
  const types = flags.list('types').map(t => t.toLowerCase())
  for (const t of types)
    if (t !== 'normal' && t !== 'warning') throw new KubectlError('valid --types are Normal or Warning')
  const all = flags.bool('all-namespaces')
  const fields: string[] = []
  if (flags.str('for')) {
    const [type, name, more] = flags.str('for').split('/')
    if (more !== undefined) throw new KubectlError('arguments in resource/name form may not have more than one slash')
    if (!type || !name) throw new KubectlError('--for must be in resource/name form')
    const m = await k.resource(type).catch(e => {
      throw e instanceof KubectlError ? new Exit(1, e.message) : e
    })
    fields.push(`involvedObject.kind=${m.kind}`, `involvedObject.name=${name}`)
  }
  const client = await k.client()
  const path = `/api/v1${all ? '' : `/namespaces/${await k.namespace()}`}/events`
  const query = { fieldSelector: fields.join(','), limit: flags.num('chunk-size') || undefined }
  const wanted = (e: Obj): boolean => !types.length || types.includes(String(e.type).toLowerCase())
  const printer = await objectPrinter(k.io, flags)
  let list = await client.json('GET', path, { query })
  const items: Obj[] = list.items.filter(wanted)
  while (list.metadata.continue) {
    list = await client.json('GET', path, { query: { ...query, continue: list.metadata.continue } })
    items.push(...list.items.filter(wanted))
  }
  goSort(items, (a, b) => lastSeen(a) < lastSeen(b))
  const row = (e: Obj): string =>
    `${all ? `${e.metadata.namespace}\t` : ''}${age(e, k.now())}\t${e.type}\t${e.reason}\t${e.involvedObject.kind}/${e.involvedObject.name}\t${String(e.message ?? '').trim()}\n`
  const header = flags.bool('no-headers') ? '' : `${all ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`
  // Names are printed of single objects only; the real one says nothing of the refusal.
  if (printer && flags.str('output') === 'name') return
  if (printer)
    await k.out(
      printer.print({
        apiVersion: 'v1',
        kind: 'List',
        items: items.map(i => ({ apiVersion: 'v1', kind: 'Event', ...i })),
        metadata: { resourceVersion: '' },
      }),
    )
  else if (items.length) await k.out(align(header + items.map(row).join(''), TABLE_TABS))
  else if (!flags.bool('watch')) {
    await k.err(all ? 'No events found.\n' : `No events found in ${await k.namespace()} namespace.\n`)
    return
  }
  if (!flags.bool('watch')) return
  for await (const event of client.watch(path, { query: { ...query, resourceVersion: list.metadata.resourceVersion } }))
    if (event.type !== 'DELETED' && event.type !== 'BOOKMARK' && wanted(event.object))
      await k.out(printer ? printer.print(event.object) : align(row(event.object), TABLE_TABS))
}
