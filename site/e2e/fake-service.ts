/**
 * For tests: a page that stands in for the WebContainer service, spoken to by the real package (`@webcontainer/api`, told where
 * by WEBCONTAINER_API_IFRAME_URL). Behind it are child processes of this machine, by the same fake as in the unit tests.
 */
import { readFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FileSystemTree, WebContainerProcess } from '@webcontainer/api'
import type { BrowserContext, Frame } from 'playwright-core'
import { FakeContainer } from '../real-node/fake-container.node.ts'

const HEADERS = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
const comlink = join(import.meta.dirname, '../../node_modules/@webcontainer/api/dist/vendor/index.js')

/** What the service's page does: the package's calls, handed on to this process. */
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
import { Comlink } from '/comlink.js'
const bytes = text => new TextEncoder().encode(text)
const text = data => new TextDecoder().decode(data)
const node = (method, ...args) => window.fakeNode(method, args)
const listeners = []
const processes = new Map()
window.fakeEvent = (event, args) => listeners.forEach(l => l.event === event && l.handler(...args))
window.fakeOutput = (id, data) => processes.get(id)?.output?.(bytes(data))
window.fakeExit = (id, code) => { const p = processes.get(id); p?.output?.(null); p?.exit(code) }
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
  const origin = await listen(
    createServer(({ url }, response) => {
      const script = url === '/comlink.js'
      response.writeHead(200, { ...HEADERS, 'Content-Type': script ? 'text/javascript' : 'text/html' })
      response.end(script ? readFileSync(comlink) : service.silent ? '' : PAGE)
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
  let count = 0

  const calls: Record<string, (frame: Frame, ...args: never[]) => unknown> = {
    build(frame) {
      if (service.refuse) throw new Error(service.refuse)
      const container = new FakeContainer()
      service.containers.push(container)
      const tell = (event: string, ...args: unknown[]): void =>
        void frame.evaluate(([e, a]) => Reflect.get(window, 'fakeEvent')(e, a), [event, args] as const).catch(() => {})
      container.on('server-ready', (port: number) => void previewOf(port).then(url => tell('server-ready', port, url)))
      container.on('port', (port: number, type: string, url: string) => tell('port', port, type, url))
    },
    info: () => ({ path: current().path, cwd: current().workdir }),
    mount: (_, tree: string) => {
      const { d } = JSON.parse(tree) as Inner
      return current().mount(outer(d ?? (JSON.parse(tree) as Record<string, Inner>)))
    },
    async spawn(_, command: string, args: string[], options: object) {
      processes.set(++count, await current().spawn(command, args, options))
      return count
    },
    follow(frame, id: number) {
      const { output, exit } = processes.get(id)!
      const call = (name: string, data: unknown): Promise<void> =>
        frame.evaluate(([n, i, d]) => Reflect.get(window, n as string)(i, d), [name, id, data] as const).catch(() => {})
      void output
        .pipeTo(new WritableStream({ write: data => call('fakeOutput', data) }))
        .then(async () => call('fakeExit', await exit))
    },
    async write(_, id: number, data: string) {
      const writer = processes.get(id)!.input.getWriter()
      await writer.write(data)
      writer.releaseLock()
    },
    kill: (_, id: number) => processes.get(id)?.kill(),
    teardown: () => {
      if (!current().tornDown) current().teardown()
    },
  }
  const current = (): FakeContainer => service.containers.at(-1)!

  const service: FakeService = {
    origin,
    containers: [],
    async serve(context) {
      await context.exposeBinding('fakeNode', ({ frame }, method: string, args: never[]) =>
        calls[method]!(frame, ...args),
      )
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
