/** Our side of real Node against a fake of its interface over child processes: it boots, runs Pods, and carries files. */
import { join } from 'node:path'
import type { FileSystemTree } from '@webcontainer/api'
import { describe, expect, test, vi } from 'vitest'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { scriptParts } from '../../sandbox/scenario/run-script.ts'
import type { Means } from '../src/workbench/real/real-node.ts'
import type { Surroundings } from '../src/workbench/real/reasons.ts'
import { FakeContainer } from './fake-container.node.ts'
import { engineOn, good, page, started, until } from './testing.ts'

const lessons = lessonFolders(join(import.meta.dirname, '../../lessons')).filter(
  f => readLesson(f).runtime === 'process',
)
/** All of it takes minutes, for nothing can be skipped: PODLAB_REAL_LESSONS=all does it. */
const whole = process.env.PODLAB_REAL_LESSONS === 'all'

test.each((whole ? lessons : lessons.slice(0, 1)).map(folder => [folder.id, folder] as const))(
  'what solves %s in the simulation solves it on real Node',
  async (_, folder) => {
    const p = page()
    const node = await started(p)
    const { engine, seen } = engineOn(node)
    const { world } = readLesson(folder)
    await engine.open(world, 'seed')
    const terminal = await engine.openTerminal(80, 24)
    const parts = [...scriptParts(folder.files['solution.sh']!)].filter(([id]) => id)
    for (const [exercise, script] of whole ? parts : parts.slice(0, 1)) {
      expect((await engine.check(exercise)).every(({ passed }) => !passed)).toBe(true)
      await engine.input({ type: 'command', terminal, line: `${script}\necho end of ${exercise}` })
      await until(() => seen.failed || seen.output.includes(`end of ${exercise}\n`), 240_000)
      expect(seen.failed, seen.output).toBe('')
      for (const check of await engine.check(exercise)) expect(check, seen.output).toMatchObject({ passed: true })
    }
    node.teardown()
    expect(p.containers[0]?.tornDown).toBe(true)
  },
  600_000,
)

test('files go both ways, what is typed before a shell is there is not lost, and a forwarded port is a page', async () => {
  const container = new FakeContainer()
  const spawn = container.spawn.bind(container)
  container.spawn = async (command, ...rest) => {
    if (command === 'jsh') await new Promise(done => setTimeout(done, 200))
    return spawn(command, ...rest)
  }
  const node = await started(page({ boot: async () => container }))
  const { engine, seen } = engineOn(node)
  const files = { 'a.txt': 'of the lesson\n' }
  const lesson = { id: 'x/y', manifests: {}, files, settleMs: 0, exercises: [] }
  const opened = await engine.open(lesson, 'seed', undefined, { columns: 80, rows: 24 })
  expect(opened).toMatchObject({ files, terminals: [0] })
  expect(container.read('learner/a.txt')).toBe('of the lesson\n')

  const other = await engine.openTerminal(80, 24)
  await engine.input({ type: 'command', terminal: other, line: 'echo early > early.txt' })
  await until(() => seen.files['early.txt'] === 'early\n')

  await engine.input({ type: 'file', path: 'new.txt', text: 'from the editor\n' })
  await until(() => container.has('learner/new.txt'))
  expect(container.read('learner/new.txt')).toBe('from the editor\n')
  const terminal = 0
  const type = (line: string) => engine.input({ type: 'command', terminal, line })
  await type('cat new.txt > copy.txt; rm a.txt')
  await until(() => seen.files['copy.txt'] === 'from the editor\n' && seen.files['a.txt'] === null)

  await type('kubectl run web --image=nginx:1.27 && kubectl wait --for=condition=Ready pod/web --timeout=60s')
  await until(() => /condition met/.test(seen.output))
  await type('kubectl port-forward pod/web 18080:80')
  await until(() => seen.ports.length > 0)
  // The cluster's own ports are not for looking at.
  expect(seen.ports).toEqual([18080])
  expect(await (await fetch(node.address(18080)!)).text()).toContain('Welcome to nginx!')
  node.teardown()
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
    await vi.waitFor(() => expect(boot).toHaveBeenCalled(), 20_000)
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
