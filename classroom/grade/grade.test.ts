/** Files that learners export, graded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createSession } from '../../sandbox/scenario/create.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { runScript, scriptParts } from '../../sandbox/scenario/run-script.ts'
import { asCsv, asTotals, createGrader, type Gradable } from './grade.ts'
import { main } from './main.ts'

const folder = lessonFolders(join(import.meta.dirname, '../../lessons')).find(f => f.id.endsWith('/01-what-a-pod-is'))!
const lesson = readLesson(folder).world
const due = Date.parse('2026-03-01T12:00:00Z')
const lessons = new Map<string, Gradable>([
  [lesson.id, { world: lesson, points: 6, counted: lesson.exercises.slice(0, 2).map(e => e.id), due }],
])
const exercises = lesson.exercises.map(e => e.id)
const grader = createGrader(lessons)
const { grade } = grader
afterAll(() => grader.close())

describe('an exported session', () => {
  let file: { record: object; progress: { passed: string[]; solved: Record<string, object> } }
  beforeAll(async () => {
    const session = await createSession({ seed: lesson.id, lesson })
    const parts = scriptParts(folder.files['solution.sh']!)
    const solved: Record<string, object> = {}
    for (const id of exercises) {
      await runScript(session, (parts.get('') ?? '') + (parts.get(id) ?? ''))
      solved[id] = { at: session.now, on: '2026-03-01T10:00:00.000Z', hints: 1 }
    }
    file = {
      ...{ format: 'podlab-session', version: 1, files: {} },
      record: session.record(),
      progress: { passed: exercises, solved },
    }
  })

  test('is graded exercise by exercise, also what later work has undone', async () => {
    const lines = await grade('ada.json', JSON.stringify(file))
    expect(lines.map(l => [l.exercise, l.solved, l.hints])).toEqual(exercises.map(id => [id, 'yes', 1]))
    expect(asCsv(lines)).toContain(`ada.json,${lesson.id},${exercises[0]},yes,2026-03-01T10:00:00.000Z,no,`)
    expect(lines.map(l => l.points)).toEqual([3, 3, ...exercises.slice(2).map(() => null)])
    expect(asTotals(lines, lessons, 60)).toContain('ada.json,6,6,100,yes,0,0')
  })

  test('may be one of many in a file; what comes late is told', async () => {
    const { record, progress } = file
    const solved = { [exercises[0]!]: { ...progress.solved[exercises[0]!], on: '2026-03-02T10:00:00.000Z' } }
    const sessions = [
      { lesson: lesson.id, record, progress: { passed: exercises.slice(0, 1), solved } },
      { lesson: '', record: { ...record, lesson: '' } },
      { lesson: 'no/such-lesson', progress: { passed: ['x'] } },
    ]
    const lines = await grade('ada.json', JSON.stringify({ format: 'podlab-progress', version: 1, sessions }))
    expect(lines[0]).toMatchObject({ exercise: exercises[0], solved: 'yes', late: 'yes' })
    expect(lines.at(-1)).toMatchObject({ lesson: 'no/such-lesson', solved: 'does not verify' })
    expect(asTotals(lines, lessons)).toMatch(/ada\.json,\d,6,\d+,\w+,1,1/)
  })

  test('is of the lesson that it says', async () => {
    const sessions = [
      { lesson: lesson.id, record: { ...file.record, lesson: 'other/lesson' }, progress: file.progress },
    ]
    const text = JSON.stringify({ format: 'podlab-progress', version: 1, sessions })
    expect(await grade('eve.json', text)).toMatchObject([{ note: 'its session is of other/lesson' }])
  })

  test('does not get what was only claimed', async () => {
    const idle = (await createSession({ seed: lesson.id, lesson })).record()
    const lines = await grade('bob.json', JSON.stringify({ ...file, record: idle }))
    expect(new Set(lines.map(l => l.solved))).toEqual(new Set(['does not verify']))
    const honest = await grade('eve.json', JSON.stringify({ ...file, record: idle, progress: undefined }))
    expect(new Set(honest.map(l => l.solved))).toEqual(new Set(['no']))
  })

  test('that never ends is given up, and those after it are graded', async () => {
    const endless = structuredClone(file) as typeof file & { record: { start: number; end: number } }
    // Two weeks of a cluster take longer than anybody who is graded here may.
    endless.record.end = endless.record.start + 13 * 24 * 3600 * 1000
    const hasty = createGrader(lessons, { cpuMs: 200 })
    const [line, ...others] = await hasty.grade('mallory.json', JSON.stringify(endless))
    expect(line).toMatchObject({ solved: 'does not verify', note: 'more than 0.2 s of a core' })
    expect(others).toEqual([])
    await hasty.close()
  })

  test('that cannot be read at all is a line, and the command goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podlab-grade-'))
    writeFileSync(join(folder, 'ada.json'), JSON.stringify(file))
    writeFileSync(join(folder, 'nested.json'), '['.repeat(1e6) + ']'.repeat(1e6))
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const paths = ['gone.json', '.', 'nested.json', 'ada.json'].map(name => join(folder, name))
    expect(await main([...paths, '--lessons', join(import.meta.dirname, '../../lessons')])).toBe(0)
    const table = String(written.mock.calls[0]![0])
    written.mockRestore()
    rmSync(folder, { recursive: true })
    expect(table).toMatch(/gone\.json,.*it cannot be read: ENOENT/)
    expect(table).toContain('it cannot be read: EISDIR')
    expect(table).toContain('nested.json,,,does not verify')
    expect(table).toContain(`ada.json,${lesson.id},${exercises[0]},yes`)
  })

  test.each([
    ['no JSON', '{', 'it is no JSON'],
    ['something else', '{"format":"png"}', 'it is not a session that was exported'],
  ])('that is %s is refused in words', async (_, text, note) => {
    expect(await grade('x.json', text)).toMatchObject([{ solved: 'does not verify', note }])
  })
})
