/** The two servers that are asked: a real one through kubectl's proxy, and ours, made for this. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createCluster } from '../cluster.ts'
import { serve } from '../http/node.ts'
import type { Answer } from './answers.ts'
import type { Json } from './questions.ts'

/** A watch has said what it had to say when nothing came for so long. */
const SILENT_AFTER_MS = 400
/** Nothing takes so long but what will never be answered. */
const UNANSWERED_AFTER_MS = 10_000

export interface Asked {
  method: string
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

export const asJson = (method: string, path: string, body?: Json): Asked => ({
  method,
  path,
  headers: { 'content-type': 'application/json' },
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

/** A JSON text as its value, several of them as a list, anything else as it is. */
export function jsonValue(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    const lines = text.split('\n').filter(Boolean)
    if (lines.length < 2 || !lines.every(line => line.startsWith('{"'))) return text
    return lines.map(jsonValue)
  }
}

/** The lines of a watch; one object by its name is none, whatever is asked. */
export function eventsOf(text: string): Json {
  const value = jsonValue(text)
  const isObject = typeof value === 'object' && value !== null && 'kind' in value
  return isObject ? value : [value].flat()
}

const IS_WATCH = /\?(?:.*&)?watch=(?:1|true)|\/watch\//

export async function ask(server: string, { method, path, headers, body }: Asked): Promise<Answer> {
  const given = new AbortController()
  let silence = setTimeout(() => given.abort(), UNANSWERED_AFTER_MS)
  let text = ''
  try {
    const { signal } = given
    const response = await fetch(server + path, { method, headers: { ...headers }, body: body ?? null, signal })
    const isWatch = method === 'GET' && IS_WATCH.test(path) && response.ok
    const answer = {
      code: response.status,
      type: response.headers.get('content-type') ?? '',
      warnings: response.headers.get('warning')?.split(', 299') ?? [],
      get body() {
        return isWatch ? eventsOf(text) : jsonValue(text)
      },
    }
    if (isWatch) {
      clearTimeout(silence)
      silence = setTimeout(() => given.abort(), SILENT_AFTER_MS)
    }
    try {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        silence.refresh()
      }
    } catch (error) {
      if (!given.signal.aborted) throw error
    }
    return { ...answer }
  } catch (error) {
    // A server that breaks on a request closes the connection; one that is not there is another matter.
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    if (!given.signal.aborted && code !== 'UND_ERR_SOCKET') throw error
    return { code: 0, type: '', warnings: [], body: 'no answer' }
  } finally {
    clearTimeout(silence)
  }
}

/** The real server, on a port without credentials. */
export function proxy(kubeconfig: string): Promise<{ server: string; child: ChildProcess }> {
  const child = spawn('kubectl', ['--kubeconfig', kubeconfig, 'proxy', '--port', '0'], { stdio: ['ignore', 'pipe', 2] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`kubectl proxy ended with ${code}`)))
    child.stdout!.on('data', data => {
      const address = /127\.0\.0\.1:\d+/.exec(String(data))
      if (address) resolve({ server: `http://${address[0]}`, child })
    })
  })
}

/** No controllers run here either: the real one has none. */
export async function own(): Promise<{ server: string; pass(seconds: number): Promise<void>; close(): Promise<void> }> {
  const cluster = createCluster({ seed: 'compare' })
  const { port, close } = await serve({ api: cluster.api, port: 0, onActivity: () => {}, onFault: () => undefined })
  await cluster.clock.advance(1000)
  const pass = (seconds: number): Promise<void> => cluster.clock.advance(seconds * 1000)
  return { server: `http://127.0.0.1:${port}`, pass, close }
}
