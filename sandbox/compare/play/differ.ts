/** Outcomes of the same scene on two control planes, without what differs between any two runs on one of them. */
import type { Thing } from './plane.node.ts'

const RANDOM = /-[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9])/g

function text(value: string): string {
  return value
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/\b(10\.(96|244)|192\.168)\.\d+\.\d+\b/g, '<ip>')
    .replace(RANDOM, '-*')
}

function plain(value: unknown, key: string): unknown {
  if (key === 'managedFields' || key === 'resourceVersion' || key === 'creationTimestamp') return undefined
  if (key === 'topology.kubernetes.io/zone' || key === 'zone' || key === 'reportingInstance') return '<>'
  if (typeof value === 'string') return text(value)
  if (/nodePort/i.test(key) && typeof value === 'number') return '<port>'
  if (Array.isArray(value)) {
    const items = value.map(item => plain(item, ''))
    if (key === 'endpoints' || key === 'addresses' || key === 'notReadyAddresses' || key === 'subsets')
      items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return key === 'conditions' ? items.sort((a, b) => ((a as Thing).type < (b as Thing).type ? -1 : 1)) : items
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .map(([k, v]) => [text(k), plain(v, k)])
        .filter(([, v]) => v !== undefined),
    )
  return value
}

function* leaves(value: unknown, path = ''): Iterable<[string, string]> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (!entries.length) yield [path, JSON.stringify(value)]
  for (const [key, item] of entries) yield* leaves(item, `${path}.${key}`)
}

interface Shown {
  title: string
  fields: Map<string, string>
}

function shown(object: Thing, nodes: boolean): Shown {
  const { apiVersion: _, kind, ...rest } = plain(object, '') as Thing
  let title = `${kind} ${rest.metadata.name}`
  // Some distributions of Kubernetes add a certificate of theirs.
  for (const volume of rest.spec?.volumes ?? [])
    if (volume.projected)
      volume.projected.sources = volume.projected.sources.filter(
        (x: Thing) => x.configMap?.name !== 'openshift-service-ca.crt',
      )
  // How often it was written on the way says nothing.
  if (kind === 'EndpointSlice') delete rest.metadata.generation
  if (kind === 'Event') {
    const { involvedObject: o, reason, message } = rest
    title = `Event ${o.kind} ${o.name}${o.fieldPath ? ` ${o.fieldPath}` : ''} ${reason}: ${message}`
    delete rest.metadata.name
    delete o.uid
  }
  const fields = new Map(leaves(rest))
  if (!nodes)
    for (const [path, value] of fields)
      if (/^"node-\d+"$/.test(value)) fields.set(path, '"<node>"')
      else if (path === '.message') fields.set(path, value.replace(/node-\d+/, '<node>'))
  if (!nodes) title = title.replace(/node-\d+/g, '<node>')
  return { title, fields }
}

function compare(a: Map<string, string>, b: Map<string, string>): string[] {
  const lines: string[] = []
  for (const path of new Set([...a.keys(), ...b.keys()]))
    if (a.get(path) !== b.get(path))
      lines.push(`    ${path}: real ${a.get(path) ?? 'nothing'}, ours ${b.get(path) ?? 'nothing'}`)
  const phase = lines.find(l => l.startsWith('    .status.phase'))
  return phase ? [phase] : lines
}

/** @param nodes whether the names of nodes matter */
export function differences(real: readonly Thing[], ours: readonly Thing[], nodes = false): string[] {
  const lines: string[] = []
  const left = ours.map(o => shown(o, nodes))
  const pairs = real
    .map(o => shown(o, nodes))
    .map(a => {
      const same = left.filter(b => b.title === a.title).map(b => ({ b, diff: compare(a.fields, b.fields) }))
      same.sort((x, y) => x.diff.length - y.diff.length)
      return { a, best: same[0] }
    })
  pairs.sort((x, y) => (x.best?.diff.length ?? 0) - (y.best?.diff.length ?? 0))
  for (const { a } of pairs) {
    const same = left.filter(b => b.title === a.title).map(b => ({ b, diff: compare(a.fields, b.fields) }))
    same.sort((x, y) => x.diff.length - y.diff.length)
    const [best] = same
    if (!best) {
      lines.push(`  only real: ${a.title}${a.title.startsWith('Event') ? ` x${a.fields.get('.count')}` : ''}`)
      continue
    }
    left.splice(left.indexOf(best.b), 1)
    if (best.diff.length) lines.push(`  ${a.title}`, ...best.diff)
  }
  for (const b of left)
    lines.push(`  only ours: ${b.title}${b.title.startsWith('Event') ? ` x${b.fields.get('.count')}` : ''}`)
  return lines
}
