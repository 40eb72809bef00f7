/** Expressions of checks over the state of a cluster. */
import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../api/types.ts'
import type { CheckWorld } from './check-world.ts'
import { runChecks } from './checks.ts'
import { ExpressionError, evaluator, expressionError } from './expression.ts'

const object = (kind: string, name: string, rest: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: '' },
    ...rest,
  }) as KubeObject

const world = (part: Partial<CheckWorld> & { objects?: Record<string, KubeObject[]> } = {}): CheckWorld => ({
  now: 0,
  list: resource => part.objects?.[resource] ?? [],
  history: () => [],
  logs: () => undefined,
  commands: [],
  faults: [],
  files: {},
  http: async () => ({ status: 0, body: '', error: 'refused' }),
  ...part,
})

const web = object('Pod', 'web', {
  spec: { containers: [{ name: 'a', image: 'nginx', ports: [{ containerPort: 80 }] }] },
  status: { phase: 'Running' },
})
const answer = (expression: string, part?: Parameters<typeof world>[0]) => evaluator(world(part))(expression)

describe('an expression', () => {
  test('finds an object by its name', async () => {
    expect(await answer(`pod('web').status.phase == 'Running'`, { objects: { pods: [web] } })).toBe(true)
    expect(await answer(`pod('web') != null && pods.size() == 1`, { objects: { pods: [web] } })).toBe(true)
  })

  test('about something absent is false, and does not throw', async () => {
    expect(await answer(`pod('web').status.phase == 'Running'`)).toBe(false)
    expect(await answer(`pod('web').spec.containers[3].image == 'nginx'`, { objects: { pods: [web] } })).toBe(false)
    expect(await answer(`pod('web').status.podIP.startsWith('10.')`, { objects: { pods: [web] } })).toBe(false)
  })

  test('takes a null field for no field', async () => {
    const slice = object('EndpointSlice', 'front', { endpoints: null, ports: [{ port: 80, name: null }] })
    expect(
      await answer(`endpointslices.exists(s, s.endpoints.size() == 2)`, { objects: { endpointslices: [slice] } }),
    ).toBe(false)
    expect(
      await answer(`endpointslices.exists(s, s.ports.all(p, !has(p.name)))`, { objects: { endpointslices: [slice] } }),
    ).toBe(true)
  })

  test('compares the numbers of objects with those of CEL', async () => {
    expect(
      await answer(`pod('web').spec.containers.exists(c, c.ports.exists(p, p.containerPort == 80))`, {
        objects: { pods: [web] },
      }),
    ).toBe(true)
  })

  test('knows what was there and is gone', async () => {
    const past = { history: (resource: string) => (resource === 'pods' ? [web] : []) }
    expect(await answer(`gone('pods', 'web')`, past)).toBe(true)
    expect(await answer(`gone('pods', 'web')`, { ...past, objects: { pods: [web] } })).toBe(false)
    expect(await answer(`history('pods', 'web').exists(p, p.status.phase == 'Running')`, past)).toBe(true)
    expect(await answer(`gone('pods', 'other')`, past)).toBe(false)
  })

  test('sees commands, files, logs and what a request gets', async () => {
    expect(await answer(`typed('kubectl +logs')`, { commands: ['kubectl logs web'] })).toBe(true)
    expect(await answer(`files['pod.yaml'].contains('nginx')`, { files: { 'pod.yaml': 'image: nginx' } })).toBe(true)
    expect(await answer(`logs('web', 'a').contains('ready')`, { logs: () => 'ready\n' })).toBe(true)
    expect(await answer(`logs('web').contains('ready')`)).toBe(false)
    expect(
      await answer(`http('http://web').body.contains('hello')`, {
        http: async () => ({ status: 200, body: 'hello', error: '' }),
      }),
    ).toBe(true)
    expect(await answer(`http('http://web').status == 200`)).toBe(false)
  })

  test.each([`pod('web'`, 'nosuch == 1', `pod(1) == null`, `pods.size()`, `'a'`, `pod('web').frobnicate()`])(
    'that its author got wrong is told as such: %s',
    async expression => {
      await expect(answer(expression, { objects: { pods: [web] } })).rejects.toBeInstanceOf(ExpressionError)
    },
  )

  test('is checked before anybody runs it', () => {
    expect(expressionError(`pod('web') != null`)).toBeUndefined()
    expect(expressionError('nosuch == 1')).toMatch(/nosuch/)
    expect(expressionError('1 + 1')).toMatch(/true or false/)
  })
})

describe('checks', () => {
  const exercise = {
    id: 'run',
    checks: [
      {
        id: 'exists',
        expression: `pod('web') != null`,
        hints: [
          { id: 'wrong-name', when: 'pods.size() > 0' },
          { id: 'never', when: 'true' },
        ],
      },
      { id: 'running', expression: `pod('web').status.phase == 'Running'` },
    ],
  }

  test('pass', async () => {
    expect(await runChecks(exercise, world({ objects: { pods: [web] } }))).toEqual([
      { id: 'exists', passed: true },
      { id: 'running', passed: true },
    ])
  })

  test('name the first hint that fits, or else the check itself', async () => {
    const results = await runChecks(exercise, world({ objects: { pods: [object('Pod', 'wbe')] } }))
    expect(results).toEqual([
      { id: 'exists', passed: false, hint: 'wrong-name' },
      { id: 'running', passed: false, hint: 'running' },
    ])
    expect((await runChecks(exercise, world())).map(r => r.hint)).toEqual(['never', 'running'])
  })
})
