/** The practice exam: whatever a seed draws can be solved, earns nothing before, and each likely mistake misses its points. */
import { describe, expect, test } from 'vitest'
import { createSession } from '../../sandbox/scenario/create.ts'
import { chapterOf, drawExam, score, type Task } from '../../sandbox/scenario/exam/exam.ts'
import { examOf } from '../../sandbox/scenario/exam/exam-folder.node.ts'
import { readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { offTerms, typography } from '../../sandbox/scenario/lessons/prose.ts'
import { runScript } from '../../sandbox/scenario/run-script.ts'
import { folders, glossary, languages, root } from './suite.ts'

const source = examOf(root)
const every = source.tasks.map(t => t.id)
/** More of them explore further: `EXAM_SEEDS=100 npm run lessons -- exam`. */
const seeds = Array.from({ length: Number(process.env.EXAM_SEEDS ?? 2) }, (_, i) => `try-${i}`)

/** Some tasks side by side, each in its own namespace, since a world for each would cost more than what is done in it. */
const TOGETHER = 7
const shares = Array.from({ length: Math.ceil(every.length / TOGETHER) }, (_, i) =>
  every.slice(i * TOGETHER, (i + 1) * TOGETHER),
)
async function worldOf(seed: string, ids: readonly string[]) {
  const { tasks, world } = drawExam(source, seed, ids)
  const session = await createSession({ seed, lesson: world })
  const checked = async ({ id }: Task) => (await session.check(id)).map(c => [c.id, c.passed])
  return { tasks, session, checked }
}

describe('the exam', () => {
  describe.each(shares)('%s, %s, %s, %s …', (...ids) => {
    test.each(seeds)('%s: nothing is earned at the start, and everything by the solutions', async seed => {
      const otherWay = seeds.indexOf(seed) % 2 === 1
      const { tasks, session, checked } = await worldOf(seed, ids)
      for (const task of tasks) expect(await checked(task), task.id).toEqual(task.checks.map(c => [c.id, false]))
      for (const task of tasks) {
        const { screen, finished } = await runScript(session, (otherWay && task.also) || task.solution)
        expect(finished, screen).toBe(true)
        expect(await checked(task), `${task.id}\n${screen}`).toEqual(task.checks.map(c => [c.id, true]))
      }
    })

    test('each wrong answer misses its points', async () => {
      for (const i of [0, 1, 2]) {
        const { tasks, session, checked } = await worldOf(`wrong-${i}`, ids)
        for (const task of tasks) {
          const answer = task.wrong[i]
          if (!answer) continue
          const { screen } = await runScript(session, answer.script)
          expect(await checked(task), `${task.id}\n${screen}`).toContainEqual([answer.misses, false])
        }
      }
    })
  })

  test('is drawn by its seed alone, and no two seeds draw the same', () => {
    const drawn = Array.from({ length: 50 }, (_, i) => JSON.stringify(drawExam(source, String(i))))
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(JSON.stringify(drawExam(source, '7'))).toBe(drawn[7])
  })

  test('asks about every chapter, each task in a namespace of its own', () => {
    // What needs real processes cannot be asked in a simulation.
    const simulated = folders.filter(f => readLesson(f).runtime !== 'process')
    const chapters = new Set(simulated.map(f => chapterOf({ lesson: f.id })))
    for (let i = 0; i < 30; i++) {
      const { tasks } = drawExam(source, `all/${i}`)
      expect(tasks.length).toBeGreaterThanOrEqual(12)
      expect(tasks.length).toBeLessThanOrEqual(15)
      expect(new Set(tasks.map(t => t.namespace)).size).toBe(tasks.length)
      expect(new Set(tasks.map(chapterOf))).toEqual(chapters)
      expect(JSON.stringify(tasks)).not.toContain('{{')
    }
  })

  test('leads whoever has missed something to a lesson that exists', () => {
    const lessons = folders.map(f => f.id)
    for (const { id, lesson } of source.tasks) expect(lessons, id).toContain(lesson)
  })

  test('gives points for parts, and passes from its mark on', () => {
    const tasks = drawExam(source, 'points').tasks.slice(0, 2)
    const results = Object.fromEntries(tasks.map(t => [t.id, t.checks.map((c, i) => ({ id: c.id, passed: i === 0 }))]))
    const { points, of, tasks: scored } = score({ pass: 66 }, tasks, results)
    expect(points).toBe(tasks[0]!.checks[0]!.points + tasks[1]!.checks[0]!.points)
    expect(scored[0]!.missed).toEqual(tasks[0]!.checks.slice(1).map(c => c.id))
    const percent = Math.floor((points * 100) / of)
    expect(score({ pass: percent }, tasks, results).passed).toBe(true)
    expect(score({ pass: percent + 1 }, tasks, results).passed).toBe(false)
    expect(score({ pass: 1 }, tasks, {})).toMatchObject({ points: 0, percent: 0, passed: false })
  })

  describe.each(languages)('in %s', language => {
    test.each(every)('%s is well set', id => {
      const { title, body, checks } = source.tasks.find(t => t.id === id)!.prose[language]
      const said = [title, body, ...Object.values(checks).flatMap(c => [c.is, c.missed])]
        .join('\n')
        .replace(/\{\{[\w.]+\}\}/g, '1')
      expect(typography(said, language)).toEqual([])
      expect(offTerms(said, language, glossary)).toEqual([])
    })
  })
})
