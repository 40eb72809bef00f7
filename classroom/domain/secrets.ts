/** Random secrets: tokens, codes, passwords, and the seed that is a learner's own. */
import { createHash, createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

/** 256 bits, for a cookie or a link. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** Only the hash of a token is kept, so that a stolen database opens no session. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** No letters or digits that are read as one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const pick = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** What is read out in a classroom: 6 characters. */
export const makeJoinCode = (): string => pick(6)

/** By which a learner comes back: 80 bits in groups that can be written down. */
export const makeReturnKey = (): string => [pick(4), pick(4), pick(4), pick(4)].join('-')

/** As somebody types it: in any case, with or without hyphens. */
export const plainKey = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** The seed of one learner's world in one lesson: nobody else has the same, and nobody can work it out. */
export const seedFor = (secret: string, learner: string, lesson: string): string =>
  createHmac('sha256', secret).update(`${learner}\n${lesson}`).digest('hex').slice(0, 24)

// OWASP's recommendation for scrypt.
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const LENGTH = 32

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, LENGTH, COST)
  return `scrypt$${salt.toString('base64')}$${key.toString('base64')}`
}

export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, salt = '', key = ''] = kept.split('$')
  const wanted = Buffer.from(key, 'base64')
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), LENGTH, COST)
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
