/** The hash by which clients see that a kind is kept in another version than before. */
import type { KindDef } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'

/** Kinds that 1.36 keeps in an older version than the one that it prefers, so that 1.35 can still read them. */
const KEPT_AS: Readonly<Record<string, string>> = {
  // Definitions were never moved on.
  CustomResourceDefinition: 'v1beta1',
  MutatingAdmissionPolicy: 'v1beta1',
  MutatingAdmissionPolicyBinding: 'v1beta1',
}

/** Undefined for what is nowhere kept, and for custom kinds whose kept version nobody can ask for. */
export function storageVersionHash(registry: Registry, kind: KindDef): string | undefined {
  const { group, version, kind: name, plural } = kind.stored?.as ?? kind
  if (kind.computed || (kind.verbs && !kind.verbs.includes('list'))) return undefined
  if (kind.custom && !registry.at(group, version, plural)) return undefined
  return hash(`${group}/${(!kind.custom && KEPT_AS[name]) || version}/${name}`)
}

const known = new Map<string, string>()

/** base64 of the first 8 bytes of SHA-256. */
function hash(text: string): string {
  let found = known.get(text)
  if (!found) {
    const [a, b] = sha256(new TextEncoder().encode(text)) as [number, number]
    const bytes = [a, b].flatMap(word => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
    found = btoa(String.fromCharCode(...bytes))
    known.set(text, found)
  }
  return found
}

/** The first 32 bits behind the point of the roots of the first primes: what FIPS 180-4 begins with and mixes in. */
function roots(count: number, power: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false
    if (isPrime) found.push(((n ** power % 1) * 2 ** 32) | 0)
  }
  return found
}

const turned = (x: number, by: number): number => (x >>> by) | (x << (32 - by))

/** Eight words. Web Crypto has it too, but gives it later only, and discovery answers at once. */
function sha256(message: Uint8Array): number[] {
  const constants = roots(64, 1 / 3)
  const state = roots(8, 1 / 2)
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, message.length * 8)
  const w = new Array<number>(64)
  for (let start = 0; start < padded.length; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(start + i * 4)
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)
      const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10)
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + word) | 0
  }
  return state
}
