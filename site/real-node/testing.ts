/** For tests: a page with real Node over the fake container, and the engine on it. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileSystemTree } from '@webcontainer/api'
import { afterEach, expect, vi } from 'vitest'
import { Engine, type EngineEvents } from '../src/workbench/engine.ts'
import { createRealNodes, type Means, PATIENCE_MS, type RealNode } from '../src/workbench/real/real-node.ts'
import type { Surroundings } from '../src/workbench/real/reasons.ts'
import { FakeContainer } from './fake-container.node.ts'

export const good: Surroundings = {
  framed: false,
  isolated: true,
  controlled: false,
  shared: true,
  wasm: true,
  ios: false,
  online: true,
}

const root = join(import.meta.dirname, '../..')
const addressOf = (path: string): string => pathToFileURL(join(root, path)).href
const file = (contents: string): { file: { contents: string } } => ({ file: { contents } })
const directory = (entries: FileSystemTree): { directory: FileSystemTree } => ({ directory: entries })

/** As `site/build/real-node.mjs` makes it, with sources in place of bundles. */
const files: FileSystemTree = {
  '.podlab': directory({
    'host.mjs': file(`import '${addressOf('site/real-node/host.node.ts')}'`),
    'preload.mjs': file(`import '${addressOf('sandbox/runtime/real-processes/preload.node.ts')}'`),
    bin: directory({
      kubectl: file(
        `#!/usr/bin/env node\nimport('${addressOf('sandbox/kubectl/node/main.node.ts')}').then(m => m.main(process.argv.slice(2)))\n`,
      ),
    }),
  }),
  node_modules: directory({
    '@kubernetes': directory({
      'client-node': directory({
        'package.json': file('{"type":"module","exports":"./index.js"}'),
        'index.js': file(`export * from '${addressOf('node_modules/@kubernetes/client-node/dist/index.js')}'`),
      }),
    }),
  }),
  learner: directory({}),
}

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

/** A page with the means to boot; whoever wants another behaviour of the service says so. */
export function page(means: Partial<Means> = {}) {
  const containers: FakeContainer[] = []
  let claimed = false
  const timers: (() => void)[] = []
  const nodes = createRealNodes({
    surroundings: () => good,
    async boot() {
      const container = new FakeContainer()
      containers.push(container)
      return container
    },
    files: async () => files,
    async claim() {
      if (claimed) return undefined
      claimed = true
      return () => {
        claimed = false
      }
    },
    after(ms, work) {
      expect(ms).toBe(PATIENCE_MS)
      timers.push(work)
      return () => {}
    },
    ...means,
  })
  ended.push(() => {
    for (const container of containers) if (!container.tornDown) container.teardown()
  })
  return { nodes, containers, runOut: () => timers.at(-1)?.() }
}

export async function started(p: ReturnType<typeof page>): Promise<RealNode> {
  const result = await p.nodes.start()
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal))
  return result.node
}

export const until = <T>(look: () => T, timeout = 30_000): Promise<NonNullable<T>> =>
  vi.waitUntil(look, { timeout, interval: 50 }) as Promise<NonNullable<T>>

/** The page's engine on real Node, with all that it tells. */
export function engineOn(node: RealNode) {
  vi.stubGlobal('document', { hidden: false })
  const seen = { output: '', ports: [] as readonly number[], files: {} as Record<string, string | null>, failed: '' }
  const events = new Proxy({} as EngineEvents, {
    get: (_, name) =>
      ({
        output: (_n: number, data: string) => {
          seen.output += data
        },
        ports: (ports: readonly number[]) => {
          seen.ports = ports
        },
        file: (path: string, text: string | null) => {
          seen.files[path] = text
        },
        lost: (message: string) => {
          seen.failed = message
        },
      })[name as string] ?? (() => {}),
  })
  const make = () => node.makeWorker()
  const engine = new Engine(make, events, work => void setTimeout(work))
  engine.use(make, { repeatable: false })
  ended.unshift(() => engine.close())
  return { engine, seen }
}
