/** Reading a lesson.yaml. */
import { describe, expect, test } from 'vitest'
import { pod } from '../../api/kinds/pod/index.ts'
import { createCluster } from '../../cluster.ts'
import { milliseconds, parseLesson } from './lesson.ts'
import { describeProblem } from './yaml-reader.ts'

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

test('a duration is numbers with units, without spaces', () => {
  expect(milliseconds('90s')).toBe(90_000)
  expect(milliseconds('1m30s')).toBe(90_000)
  expect(milliseconds('1 day')).toBeUndefined()
})

describe('images of a lesson', () => {
  const yaml = `minutes: 10
images:
  - name: example.com/shop/web
    tags: [v1, v2]
    env: { COLOR: green }
    files: { /data/motto.txt: stay }
    serve:
      port: 8080
      log: GET {{path}}
      answers:
        - { path: /fail, status: 500, body: broken }
        - { body: "{{tag}} {{hostname}} {{env.COLOR}} {{requests}}" }
exercises:
  - { id: run, checks: [{ id: exists, expression: pods.size() > 0 }] }
`
  test('are pulled and run as others are', async () => {
    const { lesson, problems: wrong } = parseLesson('01-x/01-y', { 'lesson.yaml': yaml })
    expect(wrong).toEqual([])
    const { clock, client, kubelets } = createCluster({ seed: 's', nodes: ['node-1'], images: lesson!.world.images })
    await clock.advance(2000)
    for (const tag of ['v2', 'v3'])
      client.create(pod, {
        metadata: { name: tag, namespace: 'default' },
        spec: { containers: [{ name: 'main', image: `example.com/shop/web:${tag}` }] },
      })
    await clock.advance(10_000)
    const state = client.get(pod, 'default', 'v3').status.containerStatuses?.[0]?.state
    expect(state?.waiting?.message).toContain('example.com/shop/web:v3: not found')
    const { container } = kubelets.get('node-1')!.worker(client.get(pod, 'default', 'v2').metadata.uid)!.runtime
      .instances[0]!
    const ask = async (command: string): Promise<string> => {
      let out = ''
      container.exec({ argv: ['sh', '-c', command] }).onOutput((_, data) => (out += data))
      await clock.advance(1000)
      return out
    }
    expect(await ask('curl -s localhost:8080/; cat /data/motto.txt')).toBe('v2 v2 green 1stay')
    expect(await ask('curl -s -w " %{http_code}" localhost:8080/fail')).toBe('broken 500')
    expect(container.logs.lines().map(l => l.text)).toEqual(['GET /', 'GET /fail'])
  })

  test.each([
    [
      yaml.replace('tags:', 'tagz:'),
      'lessons/01-x/01-y/lesson.yaml:3: an image has no key "tagz"; its keys are name, ',
    ],
    [yaml.replace('shop/web', 'shop/web:v1'), '"name" has to be the name of an image without a tag'],
    [yaml.replace('port: 8080', 'port: x'), '"port" has to be a number'],
  ])('tell what is wrong', (text, message) => {
    expect(problems(text).join('\n')).toContain(message)
  })
})
