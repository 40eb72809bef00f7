/** Whatever a piece of work does to its process, whoever asked gets an answer, and the next piece is done. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { createWorkers, type Workers, WorkersClosed } from './workers.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-workers-'))
const script = join(folder, 'worker.mjs')
writeFileSync(
  script,
  `const kept = []
const deeds = {
  loop() { for (;;) {} },
  wait() {},
  heap() { for (;;) kept.push([...'a text of which there are many']) },
  buffers() { setInterval(() => kept.push(new Uint8Array(8 * 1024 * 1024).fill(1)), 1) },
  throws() { setTimeout(() => { throw new Error('out of nothing') }) },
  exits() { process.exit(3) },
  soon() { process.send(String(process.pid)); setTimeout(() => process.exit(), 20) },
}
process.on('message', word => deeds[word] ? deeds[word]() : process.send(word + '!'))
`,
)
const workers: Workers<unknown, string> = createWorkers(script, { memoryMiB: 32 })
// Apart from the others: on a busy machine memory may take longer to fill than this.
const brief: Workers<unknown, string> = createWorkers(script, { cpuMs: 300 })
const hasty: Workers<unknown, string> = createWorkers(script, { wallMs: 300 })
afterAll(async () => {
  await Promise.all([workers.close(), brief.close(), hasty.close()])
  rmSync(folder, { recursive: true })
})

test.each<[string, 'too-long' | 'broken', string, Workers<unknown, string>]>([
  ['loop', 'too-long', 'of a core', brief],
  ['heap', 'broken', 'more than 32 MiB', workers],
  ['buffers', 'broken', 'more than 32 MiB', workers],
  ['throws', 'broken', 'ended with 1', workers],
  ['exits', 'broken', 'ended with 3', workers],
])('%s: %s', async (word, ended, detail, by) => {
  expect(await by.run(word)).toEqual({ ended, detail: expect.stringContaining(detail) })
  expect(await by.run('well')).toEqual({ answer: 'well!' })
})

test('wait: too-long by the clock', async () => {
  expect(await hasty.run('wait')).toEqual({ ended: 'too-long', detail: 'not done within 0.3 s' })
})

test('what cannot be sent is told at once, and costs no process', async () => {
  expect(await workers.run(() => {})).toMatchObject({ ended: 'broken' })
  expect(await workers.run(JSON.parse('['.repeat(1e6) + ']'.repeat(1e6)))).toMatchObject({ ended: 'broken' })
  expect(await workers.run('well')).toEqual({ answer: 'well!' })
})

test('one that ends while it has nothing to do is missed by nobody', async () => {
  const { answer } = (await workers.run('soon')) as { answer: string }
  await vi.waitFor(() => expect(() => process.kill(Number(answer), 0)).toThrow('ESRCH'), 10_000)
  // Its end is told a moment later.
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(await workers.run('well')).toEqual({ answer: 'well!' })
})

test('closed at work, they say so instead of how it went', async () => {
  const closing = createWorkers(script)
  const asked = Promise.allSettled([closing.run('loop'), closing.run('well')])
  await new Promise(resolve => setTimeout(resolve, 50))
  await closing.close()
  for (const one of await asked) expect((one as PromiseRejectedResult).reason).toBeInstanceOf(WorkersClosed)
})

test('a program that closes them comes to its end', () => {
  const program = `import { createWorkers } from ${JSON.stringify(join(import.meta.dirname, 'workers.ts'))}
const workers = createWorkers(${JSON.stringify(script)})
const { answer } = await workers.run('well')
await workers.close()
console.log(answer)`
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })).toBe('well!\n')
})
