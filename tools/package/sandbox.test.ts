/** The sandbox on its own: packed, put into a fresh folder, and used as its README says, in Node and for a browser. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { install } from './installed.mjs'
import { sandbox, writeSandbox } from './sandbox.mjs'

let folder: string
/** The README's programs, in its order. */
const programs = [...readFileSync(join(sandbox, 'README.md'), 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(
  ([, program]) => program!,
)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podlab-consumer-'))
  await install(sandbox, folder, (out: string) => writeSandbox(out, false))
  for (const [i, program] of programs.entries()) writeFileSync(join(folder, `${i}.mjs`), program)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

test('Node runs the first program', () => {
  const said = execFileSync(process.execPath, ['0.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(said).toMatch(/pod\/web condition met\nNAME +READY .*\nweb +1\/1 +Running/)
})

test('a browser gets the second without a word of Node', async () => {
  const strangers: string[] = []
  const bundle = await rolldown({
    input: join(folder, '1.mjs'),
    platform: 'browser',
    plugins: [
      {
        name: 'no-node',
        resolveId(id, importer) {
          if (!id.startsWith('node:')) return undefined
          if (!importer?.includes('just-bash')) strangers.push(`${importer}: ${id}`)
          return { id, external: true }
        },
      },
    ],
  })
  const { output } = await bundle.write({ dir: join(folder, 'browser'), format: 'es' })
  expect(strangers).toEqual([])
  const entry = output[0]!.fileName
  const told: unknown[] = []
  vi.stubGlobal('postMessage', (message: unknown) => told.push(message))
  await import(join(folder, 'browser', entry))
  expect(told).toEqual([['control-plane', 'worker-1']])
})

test('who needs a clock gets a clock', async () => {
  writeFileSync(
    join(folder, 'clock.mjs'),
    "import { Clock } from '@podlab/sandbox/clock/clock.js'\nconsole.log(new Clock(0).now())\n",
  )
  const bundle = await rolldown({ input: join(folder, 'clock.mjs'), platform: 'browser' })
  const { output } = await bundle.generate({ format: 'es' })
  expect(output).toHaveLength(1)
  expect(output[0].code.length).toBeLessThan(20_000)
})

test('what needs the rest of the project says so', () => {
  const podlab = join(folder, 'node_modules/@podlab/sandbox/bin/podlab.mjs')
  expect(() =>
    execFileSync(process.execPath, [podlab, 'grade', 'x.json'], { encoding: 'utf8', stdio: 'pipe' }),
  ).toThrow(/comes with the whole project/)
})
