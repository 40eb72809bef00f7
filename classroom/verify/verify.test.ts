/** Grades are verified, not believed: honest work counts, and nothing else does. */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSession } from '../../sandbox/scenario/create.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { runScript, scriptParts } from '../../sandbox/scenario/run-script.ts'
import { sealOf } from '../../sandbox/scenario/seal.ts'
import type { LessonWorld, SessionRecord } from '../../sandbox/scenario/session.ts'
import { createVerifier } from './pool.ts'
import type { Submission } from './submission.ts'
import { verify } from './verify.ts'

const folders = lessonFolders(join(import.meta.dirname, '../../lessons'))
const folder = folders.find(f => f.id.endsWith('/01-what-a-pod-is'))!
const lesson = readLesson(folder).world
const exercise = lesson.exercises[0]!.id
const seed = 'ada'

/** What a learner hands in after typing the solution of an exercise. */
async function handIn(world: LessonWorld, script: string, withSeed: string): Promise<Submission> {
  const session = await createSession({ seed: withSeed, lesson: world })
  await runScript(session, script)
  const record = session.record()
  return { exercise: world.exercises[0]!.id, record, seal: sealOf(record, session.hash()), hints: 1 }
}
const solution = (): string => {
  const parts = scriptParts(folder.files['solution.sh']!)
  return (parts.get('') ?? '') + parts.get(exercise)!
}

let honest: Submission
beforeAll(async () => {
  honest = await handIn(lesson, solution(), seed)
})

const copy = (): Submission => structuredClone(honest)

describe('what is handed in', () => {
  test('counts when it was really done', async () => {
    expect(await verify(copy(), { lesson, seed })).toMatchObject({ verified: true, passed: true, hints: 1 })
  })

  test('is only what was done: nothing done, nothing passed', async () => {
    const idle = await handIn(lesson, 'kubectl get nodes', seed)
    expect(await verify(idle, { lesson, seed })).toMatchObject({ verified: true, passed: false })
  })

  test('is refused when it is somebody else’s', async () => {
    expect(await verify(copy(), { lesson, seed: 'bob' })).toMatchObject({ verified: false, refusal: 'other-seed' })
  })

  test('is refused when the seed was written over', async () => {
    const forged = copy()
    forged.record.seed = 'bob'
    expect(await verify(forged, { lesson, seed: 'bob' })).toMatchObject({ verified: false, refusal: 'differs' })
  })

  test('is refused when it is of another lesson, or of no exercise', async () => {
    const other = readLesson(folders[1]!).world
    expect(await verify(copy(), { lesson: other, seed })).toMatchObject({ refusal: 'unknown-lesson' })
    expect(await verify(copy(), { lesson: undefined, seed })).toMatchObject({ refusal: 'unknown-lesson' })
    expect(await verify({ ...copy(), exercise: 'nope' }, { lesson, seed })).toMatchObject({
      refusal: 'unknown-exercise',
    })
    const [, another] = lesson.exercises
    const elsewhere = await verify(copy(), { lesson, seed, exercise: another!.id })
    expect(elsewhere).toMatchObject({ refusal: 'unknown-exercise' })
  })

  test('is refused when an input was added, and its seal left alone', async () => {
    const forged = copy()
    const inputs = [...forged.record.inputs]
    const last = inputs.pop()!
    inputs.push({ at: last.at, input: { type: 'file', path: 'answer.txt', text: '42\n' } }, last)
    expect(await verify({ ...forged, record: { ...forged.record, inputs } }, { lesson, seed })).toMatchObject({
      refusal: 'differs',
    })
  })

  test.each<[string, (r: SessionRecord) => Partial<SessionRecord>, string]>([
    [
      'time runs backwards',
      r => ({ inputs: r.inputs.map((line, i) => ({ ...line, at: line.at - i * 1e6 })) }),
      'impossible',
    ],
    ['it ends before it began', r => ({ end: r.start - 1 }), 'impossible'],
    ['it lasts for years', r => ({ end: r.start + 1e12 }), 'impossible'],
    ['a terminal is not open', r => ({ inputs: r.inputs.filter(line => line.input.type !== 'open') }), 'impossible'],
    ['its world has other nodes', () => ({ nodes: ['node-1'] }), 'differs'],
    ['it is of a version that does not exist', () => ({ version: 2 as 1 }), 'malformed'],
    ['it is dated before the world', r => ({ start: r.start - 1000 }), 'differs'],
  ])('is refused when %s', async (_, change, refusal) => {
    const forged = { ...honest, record: { ...honest.record, ...change(honest.record) } }
    expect(await verify(forged, { lesson, seed })).toMatchObject({ verified: false, refusal })
  })

  test('never breaks the verifier, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async value => {
        expect(await verify(value, { lesson, seed })).toMatchObject({ verified: false, refusal: 'malformed' })
      }),
    )
  })

  test('never passes after a change of any part of the record', async () => {
    const leaves: (string | number)[][] = []
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (value !== null && typeof value === 'object')
        for (const [key, item] of Object.entries(value)) walk(item, [...path, Array.isArray(value) ? Number(key) : key])
      else leaves.push(path)
    }
    walk(honest.record, [])
    const other = (value: unknown): unknown =>
      typeof value === 'number' ? value + 7 : typeof value === 'string' ? `${value}x` : 'x'
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...leaves), async path => {
        const forged = copy()
        let at = forged.record as unknown as Record<string | number, unknown>
        for (const key of path.slice(0, -1)) at = at[key] as typeof at
        const last = path.at(-1)!
        at[last] = other(at[last])
        const verdict = await verify(forged, { lesson, seed })
        expect(verdict.verified && verdict.passed, `${path.join('.')} = ${JSON.stringify(at[last])}`).toBe(false)
      }),
      { numRuns: 30 },
    )
  })
})

describe('processes that verify', () => {
  const pool = createVerifier({ workers: 2 })
  afterAll(() => pool.close())

  test('answer many at once', async () => {
    const text = JSON.stringify(honest)
    const verdicts = await Promise.all(Array.from({ length: 4 }, () => pool.verify(text, { lesson, seed })))
    expect(verdicts.every(v => v.verified && v.passed)).toBe(true)
  }, 60_000)

  test('refuse what is no JSON, and what is too large, without looking further', async () => {
    expect(await pool.verify('{', { lesson })).toMatchObject({ refusal: 'malformed' })
    expect(await pool.verify(`"${'x'.repeat(5e6)}"`, { lesson })).toMatchObject({ refusal: 'too-large' })
    // Compressed, it is what it is.
    const packed = gzipSync(JSON.stringify(honest)).toString('latin1')
    expect(await pool.verify(packed, { lesson, seed })).toMatchObject({ refusal: 'malformed' })
  })

  test('refuse what is nested without an end', async () => {
    const nested = '['.repeat(1e6) + ']'.repeat(1e6)
    expect(await pool.verify(nested, { lesson, seed })).toMatchObject({ refusal: 'malformed' })
    const within = JSON.stringify({ ...honest, record: 0 }).replace('"record":0', `"record":${nested}`)
    expect(await pool.verify(within, { lesson, seed })).toMatchObject({ refusal: 'malformed' })
  })

  test('end what takes too long, and go on', async () => {
    const hasty = createVerifier({ workers: 1, wallMs: 1 })
    const late = await hasty.verify(JSON.stringify(honest), { lesson, seed })
    expect(late).toMatchObject({ verified: false, refusal: 'too-long' })
    await hasty.close()
    expect(await pool.verify(JSON.stringify(honest), { lesson, seed })).toMatchObject({ verified: true })
  })
})
