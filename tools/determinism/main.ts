/**
 * `npm run determinism -- [--sessions N] [--seed S] [--chromium] [NODE...]`: random sessions are played here, and their records
 * again in each other engine; every history must be the same. NODE is the path of another version's binary.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { loadAll } from '../../sandbox/parts.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import { play, session } from '../fuzz/sessions.ts'
import { helpIfAsked } from '../manual.mjs'
import { inChromium } from './chromium.node.ts'

helpIfAsked(import.meta.filename)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sessions: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    chromium: { type: 'boolean', default: false },
  },
})

interface Engine {
  name: string
  replay(record: SessionRecord): Promise<string>
  close(): void | Promise<void>
}

/** Two letters end a line for who reads lines, and not for JSON. */
const oneLine = (record: SessionRecord): string =>
  JSON.stringify(record).replace(/[\u2028\u2029]/g, c => (c === '\u2028' ? '\\u2028' : '\\u2029'))

/** Another Node, fed a record a line. */
function inNode(binary: string): Engine {
  const child = spawn(binary, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'replay.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    name: binary,
    async replay(record) {
      child.stdin.write(`${oneLine(record)}\n`)
      const { value, done } = await answers.next()
      return done ? 'the process has ended' : value
    },
    close: () => void child.stdin.end(),
  }
}

const engines: Engine[] = [inNode(process.execPath), ...positionals.map(inNode)]
if (values.chromium) engines.push(await inChromium())
await loadAll()
const generated = fc.sample(session, { seed: Number(values.seed), numRuns: Number(values.sessions) })
let inputs = 0
let wrong = 0
for (const [i, one] of generated.entries()) {
  const world = await play(one)
  const record = world.record()
  const hash = world.hash()
  inputs += record.inputs.length
  const answers = await Promise.all(engines.map(engine => engine.replay(record)))
  for (const [k, answer] of answers.entries()) {
    if (answer === hash) continue
    wrong++
    console.log(`session ${i}: ${hash} here, ${answer} in ${engines[k]!.name}\n${JSON.stringify(record)}`)
  }
}
for (const engine of engines) await engine.close()
console.log(
  `${generated.length} sessions with ${inputs} inputs, in ${engines.map(e => e.name).join(', ')}: ${wrong} differ`,
)
process.exit(wrong ? 1 : 0)
