/** Our side of real Node against a fake of its interface over child processes: it boots, runs Pods, and carries files. */

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileSystemTree } from '@webcontainer/api'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Engine, type EngineEvents } from '../src/workbench/engine.ts'
import { createRealNodes, type Means, PATIENCE_MS, type RealNode } from '../src/workbench/real/real-node.ts'
import type { Surroundings } from '../src/workbench/real/reasons.ts'
import { FakeContainer } from './fake-container.node.ts'

const good: Surroundings = {
  framed: false,
  isolated: true,
  controlled: false,
  shared: true,
  wasm: true,
  ios: false,
  online: true,
}

/** As `site/build/real-node.mjs` makes it, with sources in place of bundles. */
const source = (path: string, what = ''): { file: { contents: string } } => ({
  file: { contents: `import ${what}'${pathToFileURL(join(import.meta.dirname, '../..', path)).href}'\n` },
})
const files: FileSystemTree = {
  '.podlab': {
    directory: {
      'host.mjs': source('site/real-node/host.node.ts'),
      'preload.mjs': source('sandbox/runtime/process/preload.node.ts'),
      bin: {
        directory: {
          kubectl: {
            file: {
              contents: `#!/usr/bin/env node\nimport('${pathToFileURL(join(import.meta.dirname, '../../sandbox/kubectl/main.node.ts')).href}').then(m => m.main(process.argv.slice(2)))\n`,
            },
          },
        },
      },
    },
  },
  learner: { directory: {} },
}

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

/** A page with the means to boot; whoever wants another behaviour of the service says so. */
function page(means: Partial<Means> = {}) {
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

async function started(p: ReturnType<typeof page>): Promise<RealNode> {
  const result = await p.nodes.start()
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal))
  return result.node
}

const until = <T>(look: () => T): Promise<NonNullable<T>> =>
  vi.waitUntil(look, { timeout: 30_000, interval: 50 }) as Promise<NonNullable<T>>

/** The page's engine on real Node, with all that it tells. */
function engineOn(node: RealNode) {
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
  const engine = new Engine(() => node.makeWorker(), events, { repeatable: false })
  return { engine, seen }
}

const SERVER = `
import { createServer } from 'node:http'
createServer((_, response) => response.end(process.env.WORD)).listen(8080)
`
const MANIFEST = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: web
      image: example.com/app
      args: [/app/server.mjs]
      env: [{ name: WORD, value: hello from a process }]
      volumeMounts: [{ name: code, mountPath: /app }]
      readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
  volumes: [{ name: code, configMap: { name: code } }]
`

test('a lesson on real Node: kubectl in its shell, a Pod that is a process, its page, files both ways', async () => {
  const p = page()
  const node = await started(p)
  const { engine, seen } = engineOn(node)
  const lesson = {
    id: 'x/y',
    manifests: {},
    files: { 'server.mjs': SERVER, 'pod.yaml': MANIFEST },
    settleMs: 30_000,
    images: [{ name: 'example.com/app', base: 'node' as const, megabytes: 1, command: ['node'] }],
    exercises: [
      {
        id: 'run',
        checks: [
          { id: 'ready', expression: "ready(pod('web'))" },
          { id: 'answers', expression: "http('http://web/').body == 'hello from a process'" },
          { id: 'file', expression: "files['note.txt'] == 'from the shell\\n'" },
        ],
      },
    ],
  }
  const opened = await engine.open(lesson, 'seed')
  expect(Object.keys(opened.files)).toEqual(['pod.yaml', 'server.mjs'])
  const container = p.containers[0]!
  await until(() => container.read('learner/server.mjs') === SERVER)

  const terminal = await engine.openTerminal(80, 24)
  const type = (line: string) => engine.input({ type: 'command', terminal, line })
  await type('kubectl create configmap code --from-file=server.mjs && kubectl apply -f pod.yaml')
  await type(
    'kubectl expose pod web --port 80 --target-port 8080 && kubectl wait --for=condition=Ready pod/web --timeout=60s',
  )
  await until(() => /pod\/web condition met/.test(seen.output))

  // From the editor to the disk, and from the disk to the editor.
  await engine.input({ type: 'file', path: 'new.txt', text: 'from the editor\n' })
  await until(() => container.read('learner/new.txt') === 'from the editor\n')
  await type('echo from the shell > note.txt')
  await until(() => seen.files['note.txt'] === 'from the shell\n')

  expect(await engine.check('run')).toMatchObject([{ passed: true }, { passed: true }, { passed: true }])

  // A forwarded port is offered as a page; the cluster's own ports are not.
  await type('kubectl port-forward svc/web 18080:80')
  await until(() => seen.ports.length > 0)
  expect(seen.ports).toEqual([18080])
  expect(await (await fetch(node.address(18080)!)).text()).toBe('hello from a process')
  node.teardown()
  expect(container.tornDown).toBe(true)
}, 60_000)

/** A service that boots only something that says it is there. */
const HELLO: FileSystemTree = {
  '.podlab': {
    directory: {
      'host.mjs': { file: { contents: 'console.log(\'\\x1e{"type":"hello"}\'); process.stdin.resume()' } },
    },
  },
}
const reason = async (p: ReturnType<typeof page>) => {
  const result = await p.nodes.start()
  return 'refusal' in result ? result.refusal.reason : 'runs'
}

describe('why it does not run', () => {
  test.each<[string, Partial<Surroundings>]>([
    ['framed', { framed: true, isolated: false }],
    ['ios', { ios: true }],
    ['browser', { wasm: false }],
    ['browser', { shared: false }],
    ['notIsolated', { isolated: false }],
    ['reload', { isolated: false, controlled: true }],
    ['offline', { online: false }],
  ])('%s: nothing is asked of anybody', async (wanted, missing) => {
    const boot = vi.fn<Means['boot']>()
    const p = page({ surroundings: () => ({ ...good, ...missing }), boot })
    expect(await reason(p)).toBe(wanted)
    expect(boot).not.toHaveBeenCalled()
  })

  test.each<[string, Error]>([
    ['licence', new Error('This domain has no licence: register an API key')],
    ['memory', new RangeError('Array buffer allocation failed')],
    ['memory', new Error('WebAssembly.Memory(): out of memory')],
    ['refused', new Error('no idea')],
  ])('%s, in the words of the service', async (wanted, error) => {
    const p = page({ boot: () => Promise.reject(error) })
    expect(await p.nodes.start()).toEqual({ refusal: { reason: wanted, detail: error.message } })
    // The library can be asked again after an answer.
    expect(await reason(p)).toBe(wanted)
  })

  test('files: the site is being put in place, or the network is gone', async () => {
    const p = page({ files: () => Promise.reject(new Error('404')) })
    expect(await p.nodes.start()).toEqual({ refusal: { reason: 'files', detail: '404' } })
    expect(p.containers[0]?.tornDown).toBe(true)
  })

  test('slow: the service never answers, and cannot be asked again', async () => {
    const p = page({ boot: () => new Promise(() => {}) })
    const first = reason(p)
    await until(() => p.runOut)
    await Promise.resolve()
    p.runOut()
    expect(await first).toBe('slow')
    expect(await reason(p)).toBe('spent')
  })

  test('slow: the answer that comes too late is not kept, and opens the way for another', async () => {
    const late = new FakeContainer()
    let answer = (_: FakeContainer): void => {}
    const boot = vi
      .fn<Means['boot']>(async () => new FakeContainer())
      .mockImplementationOnce(() => new Promise(resolve => (answer = resolve)))
    const p = page({ boot, files: async () => HELLO })
    const first = reason(p)
    await vi.waitFor(() => expect(boot).toHaveBeenCalled())
    p.runOut()
    expect(await first).toBe('slow')
    answer(late)
    await until(() => late.tornDown)
    const node = await started(p)
    node.teardown()
  })

  test('sluggish: what was to run says nothing', async () => {
    const silent = { '.podlab': { directory: { 'host.mjs': { file: { contents: 'process.stdin.resume()' } } } } }
    const p = page({ files: async () => silent })
    const first = reason(p)
    await until(() => (p.containers[0]?.children.size ?? 0) > 0)
    p.runOut()
    expect(await first).toBe('sluggish')
    expect(p.containers[0]?.tornDown).toBe(true)
  })

  test('refused: what was to run breaks, and its last words are told', async () => {
    const broken = { '.podlab': { directory: { 'host.mjs': { file: { contents: "throw new Error('oh no')" } } } } }
    const p = page({ files: async () => broken })
    const result = await p.nodes.start()
    expect(result).toMatchObject({
      refusal: { reason: 'refused', detail: expect.stringMatching(/ended with 1: Node/) },
    })
  })
})

test('one at a time; after it has been torn down another can be booted', async () => {
  const p = page({ files: async () => HELLO })
  const first = await started(p)
  expect(await reason(p)).toBe('elsewhere')
  p.nodes.stop()
  expect(p.containers[0]?.tornDown).toBe(true)
  const second = await started(p)
  first.teardown()
  expect(p.containers[1]?.tornDown).toBe(false)
  second.teardown()
  expect(p.containers[1]?.tornDown).toBe(true)
})

test('another tab that runs it is respected', async () => {
  const p = page({ claim: async () => undefined })
  expect(await reason(p)).toBe('elsewhere')
})

test('a process that ends is told to the page, which asks for no replay', async () => {
  const p = page({ files: async () => HELLO })
  const node = await started(p)
  const { engine, seen } = engineOn(node)
  const opening = engine.open(null, 'seed').catch(() => 'refused')
  for (const child of p.containers[0]!.children) child.kill('SIGKILL')
  await until(() => seen.failed)
  expect(await opening).toBe('refused')
  expect(p.containers).toHaveLength(1)
  node.teardown()
})
