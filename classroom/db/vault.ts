/**
 * Seals what a stolen database must not tell: secrets of classes and of authenticator apps, and the keys with which we sign. The secret
 * that opens it is not in the database: it comes from the environment, or is a file that its owner alone can read.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Vault {
  /** Names the secret, and tells nothing of it. */
  readonly name: string
  /** How everything begins that was sealed with it. */
  readonly ours: string
  /** Whether it is this secret's name, or that of the one before. */
  knows(name: string): boolean
  seal(text: string): string
  /**
   * @param text that was sealed; one from before anything was is given back as it is
   * @throws where it was sealed with another secret, or changed
   */
  unseal(text: string): string
}

const MARK = 'sealed:'
const SHORTEST = 32
const FILE = 'secret.key'

interface Key {
  name: string
  bytes: Buffer
}

function keyOf(secret: string): Key {
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, 'podlab-classroom', what, length))
  return { name: derive('name', 6).toString('base64url'), bytes: derive('seal', 32) }
}

/** @param before the secret that was in use until now: what was sealed with it can still be opened */
export function createVault(secret: string, before?: string): Vault {
  for (const given of [secret, before])
    if (given !== undefined && given.length < SHORTEST)
      throw new Error(`SECRET has to have ${SHORTEST} characters at least; \`openssl rand -base64 32\` makes one`)
  const key = keyOf(secret)
  const keys = [key, ...(before === undefined ? [] : [keyOf(before)])]
  return {
    name: key.name,
    ours: `${MARK}${key.name}:`,
    knows: name => keys.some(k => k.name === name),
    seal(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key.bytes, iv)
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${MARK}${key.name}:${sealed.toString('base64url')}`
    },
    unseal(text) {
      if (!text.startsWith(MARK)) return text
      const [, name, body = ''] = text.split(':')
      const used = keys.find(k => k.name === name)
      if (!used) throw new Error('sealed with another secret')
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', used.bytes, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(-16))
      return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}

/** For a database that is gone with its process. */
export const passingVault = (): Vault => createVault(randomBytes(32).toString('base64'))

/** The secret of a folder; made where there is none. @throws where others can read it */
export function secretIn(folder: string): string {
  const path = join(folder, FILE)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  if (process.platform !== 'win32' && statSync(path).mode & 0o077)
    throw new Error(`${path} can be read by others than its owner: chmod 600 ${path}`)
  return readFileSync(path, 'utf8').trim()
}
