/** Manifests: objects of the schema and everyday ones, with things broken, taken away and put where they do not belong. */
import fc from 'fast-check'
import type { KindDef } from '../../sandbox/api/kind.ts'
import { kinds } from '../../sandbox/api/kinds/index.ts'
import { objectOf } from '../../sandbox/api/kinds/testing.ts'
import { typeOf } from '../../sandbox/api/requests/decode.ts'
import { image, junk, name } from './words.ts'

type Value = unknown

const labels = { app: 'web' }
const everyday = fc.tuple(name, image, fc.nat(4)).chain(([called, from, replicas]) => {
  const containers = [{ name: 'main', image: from, command: ['sleep', '1000'] }]
  const template = { metadata: { labels }, spec: { containers } }
  const of = (apiVersion: string, kind: string, more: object) => ({
    apiVersion,
    kind,
    metadata: { name: called },
    ...more,
  })
  return fc.constantFrom<object>(
    of('v1', 'Pod', { spec: { containers } }),
    of('v1', 'Service', { spec: { selector: labels, ports: [{ port: 80 }] } }),
    of('v1', 'ConfigMap', { data: { a: 'b' } }),
    of('apps/v1', 'Deployment', { spec: { replicas, selector: { matchLabels: labels }, template } }),
    of('apps/v1', 'StatefulSet', {
      spec: { replicas, serviceName: 'web', selector: { matchLabels: labels }, template },
    }),
    of('apps/v1', 'DaemonSet', { spec: { selector: { matchLabels: labels }, template } }),
    of('batch/v1', 'Job', { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } }),
    of('batch/v1', 'CronJob', {
      spec: {
        schedule: '* * * * *',
        jobTemplate: { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } },
      },
    }),
    of('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '50%', selector: { matchLabels: labels } } }),
    of('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: called } },
    }),
  )
})

const creatable: readonly KindDef[] = kinds.filter(k => !k.verbs && typeOf(k))
const ofSchema = fc.constantFrom(...creatable).chain(kind =>
  fc.tuple(objectOf(typeOf(kind)!), name).map(([content, called]) => ({
    ...content,
    apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version,
    kind: kind.kind,
    metadata: { name: called, ...(kind.namespaced && { namespace: 'default' }) },
  })),
)

const odd: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, true, -1, 1e308, 0.5, [], {}, [[]], [null], { '': '' }, 'x'.repeat(5000), 2 ** 53),
  junk,
)

/** Puts something odd at the `n`th place of a value, or takes that away, or puts it in twice. */
function disturb(value: Value, n: number, what: Value, how: number): Value {
  let left = n
  const walk = (at: Value): Value => {
    if (typeof at !== 'object' || at === null) return at
    if (Array.isArray(at))
      return at.flatMap(item => (left-- === 0 ? (how === 0 ? [what] : how === 1 ? [] : [item, item]) : [walk(item)]))
    const out: Record<string, Value> = {}
    for (const [key, item] of Object.entries(at)) {
      if (left-- !== 0) put(out, key, walk(item))
      else if (how === 0) put(out, key, what)
      else if (how === 2) put(out, `${key}x`, item)
    }
    return out
  }
  return walk(structuredClone(value))
}

const put = (out: Record<string, Value>, key: string, value: Value): void =>
  void Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true })

const disturbance = fc.tuple(fc.nat(40), odd, fc.nat(2))

/** Anything that has the form of an object. */
export const object = fc
  .tuple(fc.oneof(everyday, ofSchema), fc.array(disturbance, { maxLength: 3 }))
  .map(([given, changes]) => changes.reduce<Value>((value, [n, what, how]) => disturb(value, n, what, how), given))

/** An object as a text, at times cut off or with letters changed. JSON is YAML, and some is written as YAML is. */
export const manifest = fc
  .tuple(object, fc.boolean(), fc.option(fc.tuple(fc.nat(400), junk), { freq: 4 }))
  .map(([value, plain, change]) => {
    const given: Value = JSON.parse(JSON.stringify(value))
    const text = plain ? yaml(given) : JSON.stringify(given)
    if (!change) return text
    const [at, what] = change
    return `${text.slice(0, at)}${what}${text.slice(at + what.length)}`
  })

function yaml(value: Value, indent = ''): string {
  if (Array.isArray(value))
    return value.length ? value.map(item => `\n${indent}- ${yaml(item, `${indent}  `).trimStart()}`).join('') : '[]'
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    return entries.length
      ? entries.map(([key, item]) => `\n${indent}${JSON.stringify(key)}: ${yaml(item, `${indent}  `)}`).join('')
      : '{}'
  }
  return JSON.stringify(value)
}
