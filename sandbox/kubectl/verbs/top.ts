/** kubectl top: what nodes and Pods use, from the metrics API. */

import { goDuration } from '../../api/formats/duration.ts'
import {
  addQuantities,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
} from '../../api/resources/quantity.ts'
import { resourcePath } from '../client/client.ts'
import { ApiError, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { byBytes, type Obj } from '../objects.ts'
import { readSelector } from '../pods/selectors.ts'
import { goSort } from '../print/go-sort.ts'
import { align, TABLE_TABS } from '../print/tabwriter.ts'

const METRICS = '/apis/metrics.k8s.io/v1beta1'

async function metrics(k: Kubectl, path: string, selector: string, fieldSelector = ''): Promise<Obj[]> {
  const discovery = await k.freshDiscovery(0)
  if (!discovery.groups.some(g => g.name === 'metrics.k8s.io')) throw new KubectlError('Metrics API not available')
  try {
    const answer = await (await k.client()).json('GET', METRICS + path, {
      query: { labelSelector: selector, fieldSelector },
    })
    return answer.items ?? [answer]
  } catch (e) {
    if (e instanceof ApiError && e.reason === 'ServiceUnavailable') throw new KubectlError('Metrics API not available')
    // The real one reads it before it asks.
    if (e instanceof ApiError && e.message.startsWith('invalid selector')) throw new KubectlError(e.message)
    throw e
  }
}

const cpuText = (q: Quantity | undefined): string => `${q ? quantityMilliValue(q.text) : 0}m`
const memoryText = (q: Quantity | undefined): string => `${q ? Math.floor(quantityValue(q.text) / 1048576) : 0}Mi`

function checkSort(k: Kubectl): string {
  const sort = k.flags.str('sort-by')
  if (sort && sort !== 'cpu' && sort !== 'memory') throw new KubectlError('--sort-by accepts only cpu or memory')
  return sort
}

/** In place: by what is used most, or by name. */
function sorted(list: Obj[], sort: string, usage: (o: Obj) => Obj, name: (o: Obj) => string): Obj[] {
  const used = (o: Obj): number => {
    const text: string = usage(o)[sort] ?? '0'
    return sort === 'cpu' ? quantityMilliValue(text) : quantityValue(text)
  }
  goSort(list, (a, b) => (sort ? used(a) > used(b) : byBytes(name(a), name(b)) < 0))
  return list
}

export async function node(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length > 1) k.usage('node [NAME | -l label]')
  const sort = checkSort(k)
  if (k.args.length && flags.str('selector')) throw new KubectlError('only one of NAME or --selector can be provided')
  readSelector(flags.str('selector'))
  const list = await metrics(k, `/nodes${k.args[0] ? `/${k.args[0]}` : ''}`, flags.str('selector'))
  if (!list.length) throw new KubectlError('metrics not available yet')
  const client = await k.client()
  const resource = await k.resource('nodes')
  const nodes: Obj[] = k.args[0]
    ? [await client.json('GET', resourcePath(resource, '', k.args[0]))]
    : (await client.list(resource, '', { query: { labelSelector: flags.str('selector') } })).items
  const capacity = flags.bool('show-capacity') ? 'capacity' : 'allocatable'
  let text = flags.bool('no-headers') ? '' : 'NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\t\n'
  for (const m of sorted(
    list,
    sort,
    o => o.usage,
    o => o.metadata.name,
  )) {
    const total = nodes.find(n => n.metadata.name === m.metadata.name)?.status[capacity] ?? {}
    const share = (name: string, value: (q: string) => number): string =>
      total[name] ? `${Math.floor((value(m.usage[name]) / value(total[name])) * 100)}%` : '<unknown>'
    text += `${m.metadata.name}\t${cpuText(parseQuantity(m.usage.cpu))}\t${share('cpu', quantityMilliValue)}\t${memoryText(parseQuantity(m.usage.memory))}\t${share('memory', quantityValue)}\t\n`
  }
  for (const { metadata } of nodes)
    if (!list.some(m => m.metadata.name === metadata.name)) text += `${metadata.name}\t${'<unknown>\t'.repeat(4)}\n`
  await k.out(align(text, TABLE_TABS))
}

/** Those who have been there for so long should have been measured. */
const CREATION_DELAY_MS = 120_000

/** @throws KubectlError where there are Pods all the same */
async function explainAbsence(k: Kubectl): Promise<void> {
  const mapping = await k.resource('pods')
  const query = { labelSelector: k.flags.str('selector'), fieldSelector: k.flags.str('field-selector') }
  const client = await k.client()
  const pods: Obj[] = k.args[0]
    ? [await client.get(mapping, await k.namespace(), k.args[0])]
    : (await client.list(mapping, await k.namespace(), { query })).items
  for (const { metadata } of pods) {
    const age = k.now() - Date.parse(metadata.creationTimestamp)
    if (age > CREATION_DELAY_MS)
      throw new KubectlError(
        `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(age)}`,
      )
  }
  if (pods.length) throw new KubectlError('metrics not available yet')
}

export async function pod(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length > 1) k.usage('pod [NAME | -l label]')
  const sort = checkSort(k)
  if (k.args.length && (flags.str('selector') || flags.str('field-selector')))
    throw new KubectlError('only one of NAME or selector can be provided')
  const all = flags.bool('all-namespaces')
  const namespace = all ? '' : `/namespaces/${await k.namespace()}`
  readSelector(flags.str('selector'))
  const list = await metrics(
    k,
    `${namespace}/pods${k.args[0] ? `/${k.args[0]}` : ''}`,
    flags.str('selector'),
    flags.str('field-selector'),
  )
  if (!list.length) {
    await explainAbsence(k)
    await k.err(all ? 'No resources found\n' : `No resources found in ${await k.namespace()} namespace.\n`)
    return
  }
  const byContainer = flags.bool('containers')
  const sum = (m: Obj): Obj => {
    const total: Record<string, Quantity> = {}
    for (const c of m.containers)
      for (const r of ['cpu', 'memory'])
        if (c.usage[r])
          total[r] = total[r] ? addQuantities(total[r], parseQuantity(c.usage[r])) : parseQuantity(c.usage[r])
    return { cpu: total.cpu?.text ?? '0', memory: total.memory?.text ?? '0' }
  }
  const header = flags.bool('no-headers')
    ? ''
    : `${all ? 'NAMESPACE\t' : ''}${byContainer ? 'POD\t' : ''}NAME\tCPU(cores)\tMEMORY(bytes)\t\n`
  let text = header
  const totals = { cpu: parseQuantity('0'), memory: parseQuantity('0') }
  const named = (o: Obj): string => (all ? `${o.metadata.namespace}/${o.metadata.name}` : o.metadata.name)
  for (const m of sorted(list, sort, sum, named)) {
    const start = `${all ? `${m.metadata.namespace}\t` : ''}${m.metadata.name}\t`
    const usage = sum(m)
    totals.cpu = addQuantities(totals.cpu, parseQuantity(usage.cpu))
    totals.memory = addQuantities(totals.memory, parseQuantity(usage.memory))
    if (byContainer)
      for (const c of sorted(
        m.containers,
        sort,
        o => o.usage,
        o => o.name,
      ))
        text += `${start}${c.name}\t${cpuText(parseQuantity(c.usage.cpu ?? '0'))}\t${memoryText(parseQuantity(c.usage.memory ?? '0'))}\t\n`
    else text += `${start}${cpuText(parseQuantity(usage.cpu))}\t${memoryText(parseQuantity(usage.memory))}\t\n`
  }
  if (flags.bool('sum')) {
    // Without headers the real one forgets that there are more columns.
    const columns = flags.bool('no-headers') ? 0 : Number(all) + Number(byContainer)
    const before = '\t'.repeat(columns + 1)
    text += `${before}________\t________\t\n${before}${cpuText(totals.cpu)}\t${memoryText(totals.memory)}\t\n`
  }
  await k.out(align(text, TABLE_TABS))
}
