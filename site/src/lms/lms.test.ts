/** A lesson in an LMS, against a run-time that is not ours (scorm-again). */
import fc from 'fast-check'
import { Scorm12API } from 'scorm-again'
import { describe, expect, test } from 'vitest'
import type { Input, SessionRecord } from '../../../sandbox/scenario/session.ts'
import { findApi, type ScormApi } from './api.ts'
import { beginAttempt, scoreOf, timespan } from './attempt.ts'
import { type Kept, pack, ROOM, unpack } from './suspend.ts'

const progress = (...passed: string[]) => ({ passed, answers: { q: [1] }, opened: true })
const record = (inputs: SessionRecord['inputs'], end = 9000): SessionRecord => ({
  ...{ version: 1, lesson: 'shop/01-a', seed: 'shop/01-a', start: 1000, nodes: ['worker-1'], end },
  inputs,
})
/** Nobody types to a beat: some 60 to 320 ms from key to key. */
const steps = Array.from({ length: 20_000 }, (_, i) => 60 + ((Math.imul(i + 1, 2654435761) >>> 8) % 260))
const at = (key: number): number => steps.slice(0, key).reduce((sum, step) => sum + step, 0)
const typed = (text: string): SessionRecord['inputs'] => [
  { at: 1000, input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
  ...[...text].map((data, i) => ({ at: 1100 + at(i), input: { type: 'terminal' as const, terminal: 0, data } })),
]
const keptWith = (text: string): Kept => ({
  ...{ on: 5, progress: progress('one') },
  work: { files: { 'a.yaml': 'kind: Pod\n' }, active: 'a.yaml', record: record(typed(text), 10_000_000) },
})

/** An LMS that remembers, as they do between launches. */
function lms() {
  let remembered: Parameters<Scorm12API['loadFromJSON']>[0] = {
    core: { student_id: 'ada', student_name: 'Lovelace, Ada', credit: 'credit', lesson_mode: 'normal' },
  }
  return {
    launch(): { api: ScormApi; cmi: () => { core: Record<string, string>; suspend_data: string } } {
      const api = new Scorm12API({ autocommit: false, logLevel: 5 })
      api.loadFromJSON(remembered, 'cmi')
      const cmi = () =>
        JSON.parse(JSON.stringify(api.cmi)) as ReturnType<ReturnType<ReturnType<typeof lms>['launch']>['cmi']>
      api.on('LMSFinish', () => {
        const { core, suspend_data } = cmi()
        remembered = { core: { ...core, entry: 'resume' }, suspend_data }
      })
      return { api: api as unknown as ScormApi, cmi }
    },
  }
}

describe('an attempt', () => {
  const facts = { counted: ['one', 'two'], pass: 60 }

  test('is reported exercise by exercise, and gone on with where it was left', () => {
    const platform = lms()
    const first = platform.launch()
    const attempt = beginAttempt(first.api, facts)!
    expect([attempt.learner, attempt.kept]).toEqual(['ada', undefined])
    expect(first.cmi().core.lesson_status).toBe('incomplete')
    expect(attempt.save(keptWith('kubectl get pods\r'), 'zh#one')).toEqual({ taken: true, whole: true })
    expect(first.cmi().core).toMatchObject({ lesson_status: 'incomplete', lesson_location: 'zh#one' })
    expect(first.cmi().core.score).toMatchObject({ raw: '50', min: '0', max: '100' })
    attempt.finish(3725)

    const second = platform.launch()
    const again = beginAttempt(second.api, facts)!
    expect(again.location).toBe('zh#one')
    expect(again.kept).toEqual(keptWith('kubectl get pods\r'))
    again.save({ ...again.kept!, progress: progress('one', 'two') }, 'en#')
    expect(second.cmi().core).toMatchObject({ lesson_status: 'passed', score: { raw: '100' } })
    // Whoever begins anew loses nothing that was reached.
    again.save({ on: 6, progress: progress() }, '')
    again.finish(60)
    const third = platform.launch()
    beginAttempt(third.api, facts)!.save({ on: 7, progress: progress() }, '')
    expect(third.cmi().core).toMatchObject({ lesson_status: 'passed', score: { raw: '100' } })
  })

  test('of a long session keeps what has room, and goes on with that', () => {
    const platform = lms()
    const { api, cmi } = platform.launch()
    const attempt = beginAttempt(api, facts)!
    const long = keptWith('kubectl get pods -A -o wide\r'.repeat(400))
    expect(attempt.save(long, 'en#one')).toEqual({ taken: true, whole: false })
    expect(cmi().suspend_data.length).toBeLessThanOrEqual(ROOM)
    expect(cmi().core.score).toMatchObject({ raw: '50' })
    attempt.finish(8 * 3600)
    const { record: _, ...rest } = long.work!
    expect(beginAttempt(platform.launch().api, facts)!.kept).toEqual({ ...long, work: rest })
  })

  test('without a mark to pass is completed when all that counts is done', () => {
    const { api, cmi } = lms().launch()
    const attempt = beginAttempt(api, { counted: ['one'] })!
    attempt.save({ on: 1, progress: progress('two') }, '')
    expect(cmi().core.lesson_status).toBe('incomplete')
    attempt.save({ on: 1, progress: progress('one') }, '')
    expect(cmi().core.lesson_status).toBe('completed')
  })

  test('that cannot begin is none', () => {
    const { api } = lms().launch()
    api.LMSInitialize('')
    expect(beginAttempt(api, facts)).toBeUndefined()
  })
})

describe('what an LMS keeps', () => {
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.record({ type: fc.constant('terminal' as const), terminal: fc.nat(3), data: fc.string({ unit: 'binary' }) }),
    fc.record({ type: fc.constant('command' as const), terminal: fc.nat(3), line: fc.string() }),
    fc.record({ type: fc.constant('file' as const), path: fc.string(), text: fc.option(fc.string()) }),
  )
  test('comes out as it went in, or as less of the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), input)), fc.nat(20_000), (steps, room) => {
        let at = 1000
        const inputs = steps.map(([step, it]) => ({ at: (at += step), input: it }))
        const kept: Kept = { on: 1, progress: progress('one'), work: { files: { a: '1' }, record: record(inputs, at) } }
        const { text, whole } = pack(kept, room)
        expect(text.length).toBeLessThanOrEqual(room)
        expect(text).toMatch(/^[\w+/=]*$/)
        if (whole) expect(unpack(text)).toEqual(kept)
        else if (text) expect(unpack(text)?.progress.passed).toEqual(['one'])
      }),
      { numRuns: 40 },
    )
  })

  test('is the whole session of some fifty commands; of more, the files and what was passed', () => {
    const commands = (n: number) => Array.from({ length: n }, (_, i) => `kubectl get pod web-${i} -o wide\r`).join('')
    expect(pack(keptWith(commands(50)))).toMatchObject({ whole: true })
    const { text, whole } = pack(keptWith(commands(400)))
    expect([whole, text.length <= ROOM]).toEqual([false, true])
    expect(unpack(text)).toEqual({
      on: 5,
      progress: progress('one'),
      work: { files: { 'a.yaml': 'kind: Pod\n' }, active: 'a.yaml' },
    })
  })

  test.each(['', 'x', '1', '1!!!!', '1AAAA', '2abc'])('that is damaged (%s) is nothing', text =>
    expect(unpack(text)).toBeUndefined(),
  )
})

describe('the run-time is found', () => {
  const API = {} as ScormApi
  const frame = (around: object | null, own: object = {}, opener: object | null = null) => {
    const made: { parent?: unknown; opener: unknown } = { opener, ...own }
    made.parent = around ?? made
    return made as { parent: unknown; opener: unknown }
  }
  const stranger = (around: object) =>
    Object.defineProperty(frame(around), 'API', {
      get() {
        throw new DOMException('Blocked a frame', 'SecurityError')
      },
    })
  test.each([
    ['around', frame(frame(frame(null, { API })))],
    ['beyond a frame of another host', frame(stranger(frame(null, { API })))],
    ['around whoever opened the window', frame(frame(null, {}, frame(frame(null, { API }))))],
  ])('%s', (_, own) => expect(findApi(own)).toBe(API))
  test('or is not there', () => expect(findApi(frame(frame(null)))).toBeUndefined())
})

test('times and scores are written as SCORM wants them', () => {
  expect([0, 61.4, 3725, 4e8].map(timespan)).toEqual(['0000:00:00', '0000:01:01', '0001:02:05', '9999:06:40'])
  expect(scoreOf(['a'], { counted: ['a', 'b', 'c'] })).toBe(33)
  expect(scoreOf([], { counted: [] })).toBe(100)
})
