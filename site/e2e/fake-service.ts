/**
 * For tests: a page that stands in for the WebContainer service, spoken to by the real package (`@webcontainer/api`, told where
 * by WEBCONTAINER_API_IFRAME_URL). Behind it are child processes of this machine, by the same fake as in the unit tests.
 */
import { readFileSync } from 'node:fs'
import { createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { FileSystemTree, WebContainerProcess } from '@webcontainer/api'
import type { BrowserContext } from 'playwright-core'
import { FakeContainer } from '../real-node/fake-container.node.ts'

const HEADERS = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
const comlink = join(import.meta.dirname, '../../node_modules/@webcontainer/api/dist/vendor/index.js')

/** What the service's page does: the package's calls, handed on to this process, and what it has to tell. */
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
import { Comlink } from '/comlink.js'
const bytes = text => new TextEncoder().encode(text)
const text = data => new TextDecoder().decode(data)
async function call(method, args) {
  const answer = await fetch('/call', { method: 'POST', body: JSON.stringify({ method, args }) })
  const { value, error } = await answer.json()
  if (error) throw new Error(error)
  return value
}
// One after the other, or letters that are typed would overtake each other.
let last = Promise.resolve()
const node = (method, ...args) => (last = last.catch(() => {}).then(() => call(method, args)))
const listeners = []
const processes = new Map()
const told = {
  event: (event, args) => listeners.forEach(l => l.event === event && l.handler(...args)),
  output: (id, data) => processes.get(id)?.output?.(bytes(data)),
  exit: (id, code) => { const p = processes.get(id); p?.output?.(null); p?.exit(code) },
}
const events = new EventSource('/events')
events.onmessage = ({ data }) => { const [what, ...args] = JSON.parse(data); told[what](...args) }
await new Promise(open => { events.onopen = open })
const instance = {
  fs: async () => Comlink.proxy({}),
  previewScript: async () => Comlink.proxy({}),
  runtimeInfo: () => node('info'),
  loadFiles: data => node('mount', text(data)),
  async run({ command, args, cwd, env, terminal }, _stdout, _stderr, output) {
    const id = await node('spawn', command, args, { cwd, env, terminal })
    const onExit = new Promise(exit => processes.set(id, { output, exit }))
    await node('follow', id)
    return Comlink.proxy({ onExit, write: data => node('write', id, data), kill: () => node('kill', id), resize: async () => {} })
  },
  on: async (event, handler) => { listeners.push({ event, handler }); return Comlink.proxy(() => {}) },
  teardown: () => node('teardown'),
}
const { port1, port2 } = new MessageChannel()
Comlink.expose({ build: async () => { await node('build'); return Comlink.proxy(instance) } }, port1)
parent.postMessage({ type: 'init' }, '*', [port2])
</script>`

/** A directory in the package's own words. */
interface Inner {
  d?: Record<string, Inner>
  f?: { c?: string }
}
const outer = (entries: Record<string, Inner>): FileSystemTree =>
  Object.fromEntries(
    Object.entries(entries).map(([name, { d, f }]) => [
      name,
      d ? { directory: outer(d) } : { file: { contents: f?.c ?? '' } },
    ]),
  )

export interface FakeService {
  origin: string
  containers: FakeContainer[]
  /** Set: boot() is refused in these words. */
  refuse?: string
  /** Set: the service's page never says a word. */
  silent?: boolean
  /** Gives pages of this context their way to this service. */
  serve(context: BrowserContext): Promise<void>
  close(): void
}

export async function fakeService(): Promise<FakeService> {
  const servers: Server[] = []
  const listen = (server: Server): Promise<string> =>
    new Promise(resolve => {
      servers.push(server)
      server.listen(0, '127.0.0.1', () => resolve(`http://localhost:${(server.address() as AddressInfo).port}`))
    })
  const readers = new Set<ServerResponse>()
  const tell = (what: string, ...args: unknown[]): void => {
    for (const reader of readers) reader.write(`data: ${JSON.stringify([what, ...args])}\n\n`)
  }
  const origin = await listen(
    createServer((incoming, response) => {
      const answer = (type: string, body: string | Buffer): void => {
        response.writeHead(200, { ...HEADERS, 'Content-Type': type })
        response.end(body)
      }
      if (incoming.url === '/comlink.js') answer('text/javascript', readFileSync(comlink))
      else if (incoming.url === '/events') {
        response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' })
        response.flushHeaders()
        readers.add(response)
        response.on('close', () => readers.delete(response))
      } else if (incoming.url === '/call')
        void json(incoming)
          .then(call => {
            const { method, args } = call as { method: string; args: never[] }
            return calls[method]?.(...args)
          })
          .then(
            value => answer('application/json', JSON.stringify({ value })),
            (error: Error) => answer('application/json', JSON.stringify({ error: error.message })),
          )
      else answer('text/html', service.silent ? '' : PAGE)
    }),
  )
  /** Pages of servers come with headers that let them into an isolated page, as the real service's do. */
  const previewOf = (port: number): Promise<string> =>
    listen(
      createServer((incoming, outgoing) => {
        request({ port, host: '127.0.0.1', path: incoming.url, headers: { ...incoming.headers, connection: 'close' } })
          .on('response', answer => {
            outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...HEADERS })
            answer.pipe(outgoing)
          })
          .on('error', () => outgoing.writeHead(502, HEADERS).end())
          .end()
      }),
    )
  const processes = new Map<number, WebContainerProcess>()
  const shells = new Set<number>()
  let count = 0

  const calls: Record<string, (...args: never[]) => unknown> = {
    build() {
      if (service.refuse) throw new Error(service.refuse)
      const container = new FakeContainer()
      service.containers.push(container)
      container.on(
        'server-ready',
        (port: number) => void previewOf(port).then(url => tell('event', 'server-ready', [port, url])),
      )
      container.on('port', (...args: never[]) => tell('event', 'port', args))
    },
    info: () => ({ path: current().path, cwd: current().workdir }),
    mount: (tree: string) => current().mount(outer((JSON.parse(tree) as Inner).d ?? {})),
    async spawn(command: string, args: string[], options: object) {
      processes.set(++count, await current().spawn(command, args, options))
      if (command === 'jsh') shells.add(count)
      return count
    },
    follow(id: number) {
      const { output, exit } = processes.get(id)!
      // What a shell prints comes by a terminal.
      const write = (data: string): void => tell('output', id, shells.has(id) ? data.replace(/\r?\n/g, '\r\n') : data)
      void output.pipeTo(new WritableStream({ write })).then(async () => tell('exit', id, await exit))
    },
    async write(id: number, data: string) {
      const writer = processes.get(id)!.input.getWriter()
      await writer.write(data)
      writer.releaseLock()
    },
    kill: (id: number) => processes.get(id)?.kill(),
    teardown: () => {
      if (!current().tornDown) current().teardown()
    },
  }
  const current = (): FakeContainer => service.containers.at(-1)!

  const service: FakeService = {
    origin,
    containers: [],
    async serve(context) {
      await context.addInitScript(url => Reflect.set(globalThis, 'WEBCONTAINER_API_IFRAME_URL', url), origin)
    },
    close() {
      for (const container of service.containers) if (!container.tornDown) container.teardown()
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
  return service
}
