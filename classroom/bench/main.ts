/** `npm run bench:classroom [load|two|kill|forge]`: what docs/performance.md and docs/security.md say of the classroom. Each ends by itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { helpIfAsked } from '../../tools/manual.mjs'
import { openDatabase } from '../db/open.ts'
import { type Postgres, startPostgres } from '../db/postgres-for-tests.ts'
import { createVerifier } from '../verify/pool.ts'
import { EXERCISE, LESSON, solved, worldOf } from '../verify/solved-for-tests.ts'
import type { Submission } from '../verify/submission.ts'
import { seedClass } from './class.ts'
import { forge } from './forge.ts'
import { type Instance, SECRET, startInstance } from './instance.ts'
import { killAgain } from './kill.ts'
import { load, prepare } from './load.ts'

helpIfAsked(import.meta.filename)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    learners: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '60' },
    kills: { type: 'string', default: '20' },
    forgeries: { type: 'string', default: '10000' },
    postgres: { type: 'boolean', default: false },
  },
})
const wanted = positionals.length ? positionals : ['load', 'two', 'kill', 'forge']
const folder = mkdtempSync(join(tmpdir(), 'podlab-bench-'))
let postgres: Postgres | undefined
const database = async (): Promise<string> => {
  postgres ??= await startPostgres({ durable: true })
  if (!postgres) throw new Error('PostgreSQL is not installed here')
  return postgres.url
}

async function measureLoad(count: number): Promise<void> {
  const url = count > 1 || values.postgres ? await database() : undefined
  const place = mkdtempSync(join(folder, 'load-'))
  const db = await openDatabase({ databaseUrl: url, data: join(place, 'data'), secret: SECRET })
  const of = await seedClass(db, Number(values.learners))
  await db.close()
  const seconds = Number(values.seconds)
  const work = await prepare(of, Math.ceil((50 * seconds) / 60))
  const instances: Instance[] = []
  for (let i = 0; i < count; i++) instances.push(await startInstance(place, url))
  const plan = { seconds, everyMs: 5000, submissionsPerMinute: 50 }
  const measured = await load(instances, of, work, plan)
  for (const instance of instances) await instance.stop()
  console.log(
    `${count} × ${url ? 'PostgreSQL' : 'embedded'}, ${of.learners.length} learners, ${seconds} s:`,
    JSON.stringify(measured),
  )
}

async function measureForgeries(): Promise<void> {
  const [honest, foreign] = (await Promise.all(['ada', 'bob'].map(solved))).map(text => JSON.parse(text) as Submission)
  const pool = createVerifier({ workers: Math.max(1, availableParallelism() - 1) })
  const expected = { lesson: worldOf(), exercise: EXERCISE, seed: 'ada' }
  const outcomes = new Map<string, number>()
  let passed = 0
  const count = Number(values.forgeries)
  for (let i = 0; i < count; i += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, count - i) }, async () => {
        const { how, forged } = forge(honest!, foreign!, Math.random)
        const verdict = await pool.verify(JSON.stringify(forged), expected)
        if (verdict.verified && verdict.passed) {
          passed++
          console.error(`PASSED: ${how}: ${JSON.stringify(forged)}`)
        }
        const outcome = verdict.verified ? 'played, and not passed' : verdict.refusal
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }),
    )
  await pool.close()
  console.log(`${count} forgeries of ${LESSON}: ${passed} passed;`, JSON.stringify(Object.fromEntries(outcomes)))
  if (passed) process.exitCode = 1
}

try {
  if (wanted.includes('load')) await measureLoad(1)
  if (wanted.includes('two')) await measureLoad(2)
  if (wanted.includes('kill'))
    for (const url of [undefined, await database()]) {
      const killed = await killAgain(mkdtempSync(join(folder, 'kill-')), Number(values.kills), url)
      console.log(`killed, ${url ? 'PostgreSQL' : 'embedded'}:`, JSON.stringify(killed))
      if (killed.lost || killed.doubled || killed.unjudged) process.exitCode = 1
    }
  if (wanted.includes('forge')) await measureForgeries()
} finally {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
}
