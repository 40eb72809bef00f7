/** RSA keys of real numbers, by the seeded random source: the same seed, the same key. They guard a simulated cluster, nothing else. */
import type { Random } from '../clock/random.ts'
import { elements } from './der.ts'
import {
  type Bytes,
  bits,
  bytesOf,
  integer,
  NULL,
  numberOf,
  objectId,
  octets,
  pem,
  pemBlocks,
  sequence,
} from './der-writer.ts'
import { sha256 } from './digests.ts'

export interface PublicKey {
  modulus: bigint
  exponent: bigint
}

export interface PrivateKey extends PublicKey {
  secret: bigint
  primes: readonly [bigint, bigint]
}

const EXPONENT = 65_537n
const ROUNDS = 5

/** By four bits of the exponent at a time. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n]
  for (let i = 1; i < 16; i++) powers.push((powers[i - 1]! * base) % modulus)
  let result = 1n
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = (result * result) % modulus
    const more = Number.parseInt(digit, 16)
    if (more) result = (result * powers[more]!) % modulus
  }
  return result
}

function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next, x, y] = [modulus, a % modulus, 0n, 1n]
  while (next) {
    const q = r / next
    ;[r, next] = [next, r - q * next]
    ;[x, y] = [y, x - q * y]
  }
  return ((x % modulus) + modulus) % modulus
}

export const randomBytes = (random: Random, count: number): Bytes =>
  Array.from({ length: count }, () => random.int(256))

const SMALL = ((): number[] => {
  const found: number[] = []
  for (let n = 3; n < 8000; n += 2) if (found.every(p => p * p > n || n % p)) found.push(n)
  return found
})()

/** By Miller and Rabin: what passes so many rounds is none but by a chance that nobody will see. */
function isPrime(n: bigint, random: Random): boolean {
  let odd = n - 1n
  let twos = 0
  while (!(odd & 1n)) {
    odd >>= 1n
    twos++
  }
  for (let round = 0; round < ROUNDS; round++) {
    let x = power(2n + (numberOf(randomBytes(random, 16)) % (n - 4n)), odd, n)
    if (x === 1n || x === n - 1n) continue
    let composite = true
    for (let i = 1; i < twos && composite; i++) {
      x = (x * x) % n
      composite = x !== n - 1n
    }
    if (composite) return false
  }
  return true
}

/** From a random place upwards, past all that a small prime divides. */
function prime(size: number, random: Random): bigint {
  const top = 3n << BigInt(size - 2)
  const start = numberOf(randomBytes(random, size / 8)) | top | 1n
  const remainders = SMALL.map(p => Number(start % BigInt(p)))
  for (let step = 0; ; step += 2) {
    if (SMALL.some((p, i) => (remainders[i]! + step) % p === 0)) continue
    const n = start + BigInt(step)
    if ((n - 1n) % EXPONENT && isPrime(n, random)) return n
  }
}

export function makeKey(size: number, random: Random): PrivateKey {
  const p = prime(size / 2, random)
  const q = prime(size / 2, random)
  const secret = inverse(EXPONENT, (p - 1n) * (q - 1n))
  return { modulus: p * q, exponent: EXPONENT, secret, primes: p > q ? [p, q] : [q, p] }
}

const RSA = sequence(objectId('1.2.840.113549.1.1.1'), NULL)
export const SIGNATURE = sequence(objectId('1.2.840.113549.1.1.11'), NULL)
const SHA256 = sequence(objectId('2.16.840.1.101.3.4.2.1'), NULL)

/** As PKCS #1 says, of the SHA-256 of what is signed. */
function padded(message: Bytes, { modulus }: PublicKey): bigint {
  const digest = sequence(SHA256, octets(sha256(message)))
  const size = bytesOf(modulus).length
  return numberOf([0, 1, ...Array<number>(size - digest.length - 3).fill(0xff), 0, ...digest])
}

export function sign(message: Bytes, key: PrivateKey): Bytes {
  const bytes = bytesOf(power(padded(message, key), key.secret, key.modulus))
  return [...Array<number>(bytesOf(key.modulus).length - bytes.length).fill(0), ...bytes]
}

export const verifies = (message: Bytes, signature: Bytes, key: PublicKey): boolean =>
  power(numberOf(signature), key.exponent, key.modulus) === padded(message, key)

/** The key alone, whose hash names it. */
export const bareKey = ({ modulus, exponent }: PublicKey): Bytes => sequence(integer(modulus), integer(exponent))
export const publicKeyInfo = (key: PublicKey): Bytes => sequence(RSA, bits(bareKey(key)))

/** Whether a public key is one of RSA. */
export const isRsa = (info: Bytes): boolean => RSA.every((byte, i) => elements(info)[0]!.body[i] === byte)

/** Of a key of another kind: none that verifies anything. */
export function readPublicKeyInfo(info: Bytes): PublicKey {
  if (!isRsa(info)) return { modulus: 1n, exponent: 1n }
  const [, key] = elements(elements(info)[0]!.body)
  const [modulus, exponent] = elements(elements(key!.body.slice(1))[0]!.body)
  return { modulus: numberOf(modulus!.body), exponent: numberOf(exponent!.body) }
}

export function writeKey({ modulus, exponent, secret, primes: [p, q] }: PrivateKey): string {
  const numbers = [0n, modulus, exponent, secret, p, q, secret % (p - 1n), secret % (q - 1n), inverse(q, p)]
  return pem('PRIVATE KEY', sequence(integer(0n), RSA, octets(sequence(...numbers.map(integer)))))
}

/** @returns nothing where there is no key of RSA */
export function readKey(written: string): PrivateKey | undefined {
  const [found] = pemBlocks(written, ['PRIVATE KEY', 'RSA PRIVATE KEY'])
  try {
    if (!found) return undefined
    const [outer] = elements(found.bytes)
    const key = found.label === 'PRIVATE KEY' ? elements(elements(outer!.body)[2]!.body)[0]! : outer!
    const [, modulus, exponent, secret, p, q] = elements(key.body).map(({ body }) => numberOf(body))
    if (modulus === undefined || exponent === undefined || secret === undefined || p === undefined || q === undefined)
      return undefined
    return { modulus, exponent, secret, primes: [p, q] }
  } catch {
    return undefined
  }
}
