/** What two servers answered to the same question, without what differs between any two clusters. */
import type { Json } from './questions.ts'

export interface Answer {
  code: number
  warnings: readonly string[]
  body: Json
}

/** Made anew by every server, or told apart by when and where it was. */
const OWN = new Set(['managedFields', 'uid', 'creationTimestamp', 'resourceVersion', 'lastTransitionTime'])

function common(key: string, value: Json): Json | undefined {
  if (OWN.has(key) || (key === 'conditions' && value === null)) return undefined
  if (key.endsWith('controller-uid')) return 'uid'
  if ((key === 'clusterIP' || key === 'clusterIPs') && JSON.stringify(value).includes('10.96')) return 'address'
  if (/nodePort$/i.test(key) && typeof value === 'number' && value >= 30_000) return 'port'
  return value
}

const plain = (body: Json): Json =>
  JSON.parse(JSON.stringify(body, common).replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-x')) as Json

function* leaves(value: Json, path = ''): Iterable<[string, string]> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (!entries.length) yield [path, JSON.stringify(value)]
  for (const [key, item] of entries) yield* leaves(item, `${path}.${key}`)
}

/** One line for each place where they differ. */
export function differences(real: Answer, ours: Answer): string[] {
  const lines: string[] = []
  const [a, b] = [real, ours].map(({ code, warnings, body }) => new Map(leaves([code, [...warnings], plain(body)])))
  for (const path of new Set([...a!.keys(), ...b!.keys()])) {
    const [theirs, own] = [a!.get(path), b!.get(path)]
    if (theirs !== own) lines.push(`${path}: real ${theirs ?? 'nothing'}, ours ${own ?? 'nothing'}`)
  }
  return lines
}
