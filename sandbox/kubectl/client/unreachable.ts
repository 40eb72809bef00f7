/** The messages for a server that does not answer, besides the last line. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { KubectlError } from '../errors.ts'
import { ConnectionError } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'

async function urlOf(k: Kubectl, path: string): Promise<string> {
  const server = (await k.server()).replace(/\/$/, '')
  return `${server.includes('://') ? '' : 'http://'}${server}${path}`
}

/** The question that was not answered, and why. */
async function refused(k: Kubectl, path: string, e: ConnectionError): Promise<string> {
  const timeout = k.flags.changed('request-timeout') ? k.flags.str('request-timeout') : '32s'
  return `Get ${goQuote(await urlOf(k, `${path}?timeout=${timeout}`))}: ${e.message}`
}

/** Each time that it was asked in vain what the server offers stands in the log. */
export async function logAttempts(k: Kubectl, e: ConnectionError, attempts: number): Promise<void> {
  const words = `couldn't get current server API group list: ${await refused(k, '/api', e)}`
  for (let i = 0; i < attempts; i++) await k.log('E', 'memcache.go:265', `"Unhandled Error" err=${goQuote(words)}`)
}

type Reworded = (k: Kubectl, e: unknown) => Promise<Error>

/** Any other error stays as it is. */
const reworded =
  (words: (k: Kubectl, e: ConnectionError) => Promise<string>, As = KubectlError): Reworded =>
  async (k, e) =>
    e instanceof ConnectionError ? new As(await words(k, e)) : (e as Error)

export const noVersions = reworded(
  async (k, e) => `couldn't get available api versions from server: ${await refused(k, '/api', e)}`,
)

/** Of a file's object, whose kind could not be looked up. */
export const notRecognized = (source: string): Reworded =>
  reworded(async (k, e) => `unable to recognize ${goQuote(source)}: ${await refused(k, '/api', e)}`)

export class NotValidated extends KubectlError {}

/** Of a file, whose fields are checked before all else. */
export const notValidated = (source: string): Reworded =>
  reworded(
    async (k, e) =>
      `error validating ${goQuote(source)}: error validating data: failed to download openapi: ${await refused(k, '/openapi/v2', e)}; if you choose to ignore these errors, turn validation off with --validate=false`,
    NotValidated,
  )

/** Of an object that a generator has made. */
export const notPosted = (what: string, path: string): Reworded =>
  reworded(async (k, e) => `${what} Post ${goQuote(await urlOf(k, path))}: ${e.message}`)
