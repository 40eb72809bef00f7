import { describe, expect, test } from 'vitest'
import { describeProblem, milliseconds, parseLesson } from './lesson.ts'

const good = `minutes: 10
prerequisites: [01-a/01-b]
cluster: { nodes: [control-plane, worker-1] }
open: [pod.yaml]
settle: 1m30s
exercises:
  - id: run
    checks:
      - id: exists
        expression: pod('web') != null
        hints:
          - { id: wrong-name, when: pods.size() > 0 }
`

const problems = (yaml: string) =>
  parseLesson('01-x/01-y', { 'lesson.yaml': yaml, 'files/pod.yaml': '' }).problems.map(describeProblem)

describe('a lesson.yaml', () => {
  test('is read with the files beside it', () => {
    const { lesson } = parseLesson('01-x/01-y', {
      'lesson.yaml': good,
      'files/pod.yaml': 'kind: Pod',
      'start/1.yaml': 'kind: X',
    })
    expect(lesson).toEqual({
      id: '01-x/01-y',
      minutes: 10,
      prerequisites: ['01-a/01-b'],
      open: ['pod.yaml'],
      world: {
        id: '01-x/01-y',
        manifests: { '1.yaml': 'kind: X' },
        files: { 'pod.yaml': 'kind: Pod' },
        settleMs: 90_000,
        nodes: ['control-plane', 'worker-1'],
        exercises: [
          {
            id: 'run',
            checks: [
              {
                id: 'exists',
                expression: `pod('web') != null`,
                hints: [{ id: 'wrong-name', when: 'pods.size() > 0' }],
              },
            ],
          },
        ],
      },
    })
  })

  test.each([
    [
      good.replace('minutes: 10', 'minuets: 10'),
      'lessons/01-x/01-y/lesson.yaml:1: the lesson has no key "minuets". Its keys are minutes, ',
    ],
    [good.replace('minutes: 10', 'minutes: ten'), ':1: "minutes" has to be a number'],
    [good.replace('1m30s', '90'), ':5: "settle" has to be a string'],
    [good.replace('1m30s', 'soon'), ':5: "soon" is no duration. Write it as 30s or 1m30s'],
    [good.replace('[pod.yaml]', '[pot.yaml]'), ':4: "pot.yaml" is to be opened but is not in files/'],
    [good.replace(`pod('web') != null`, `pod('web' != null`), ':10: "expression" is no valid CEL'],
    [good.replace('pods.size() > 0', 'pds.size() > 0'), ':12: "when" is no valid CEL: Unknown variable: pds'],
    [good.replace('id: exists', 'id: Exists!'), ':9: "Exists!" is no id'],
    [good.replace('  - id: run', '  - id: run\n    checks: []\n  - id: run'), 'no checks'],
    [good.replace('  - id: run', '  - id: run\n   checks'), ':7: '],
    ['', 'the lesson has to be a map'],
  ])('tells file, line and remedy %#', (yaml, expected) => {
    expect(problems(yaml).join('\n')).toContain(expected)
  })

  test('that is missing is told too', () => {
    expect(parseLesson('01-x/01-y', {}).problems.map(describeProblem)[0]).toMatch(
      /01-y\/lesson.yaml:1: the file is missing/,
    )
  })
})

test('durations', () => {
  expect(milliseconds('90s')).toBe(90_000)
  expect(milliseconds('1m30s')).toBe(90_000)
  expect(milliseconds('1 day')).toBeUndefined()
})
