/** Properties of a Pod's history, whatever its containers do. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testNode } from './testing.ts'
import type { ContainerSpec, Pod, PodSpec } from './types.ts'

const program = fc.record({
  code: fc.constantFrom(0, 1, 7, 137),
  ms: fc.integer({ min: 0, max: 20_000 }),
  stubborn: fc.boolean(),
  ends: fc.boolean(),
})
const policy = fc.constantFrom('Always', 'OnFailure', 'Never')
const optionalPolicy = fc.option(policy, { nil: undefined })

type Program = typeof program extends fc.Arbitrary<infer T> ? T : never

const command = ({ code, ms, stubborn, ends }: Program): string[] => [
  'x',
  ...(stubborn ? ['stubborn'] : []),
  ...(ends ? ['exit', String(code), String(ms)] : []),
]

const container = fc.record({ program, restartPolicy: optionalPolicy })
const initContainer = fc.record({ program: program.map(p => ({ ...p, ends: true })), sidecar: fc.boolean() })

const podArbitrary = fc.record({
  restartPolicy: policy,
  activeDeadlineSeconds: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
  terminationGracePeriodSeconds: fc.integer({ min: 0, max: 10 }),
  init: fc.array(initContainer, { maxLength: 3 }),
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
})

type Random = typeof podArbitrary extends fc.Arbitrary<infer T> ? T : never

function specOf({
  restartPolicy,
  activeDeadlineSeconds,
  terminationGracePeriodSeconds,
  init,
  containers,
}: Random): Partial<PodSpec> {
  return {
    restartPolicy: restartPolicy as 'Always',
    ...(activeDeadlineSeconds !== undefined && { activeDeadlineSeconds }),
    terminationGracePeriodSeconds,
    initContainers: init.map(({ program, sidecar }, i) => ({
      name: `i${i}`,
      command: command(sidecar ? { ...program, ends: false } : program),
      ...(sidecar && { restartPolicy: 'Always' }),
    })) as ContainerSpec[],
    containers: containers.map(({ program, restartPolicy }, i) => ({
      name: `c${i}`,
      command: command(program),
      ...(restartPolicy && { restartPolicy: restartPolicy as 'Always' }),
    })) as ContainerSpec[],
  }
}

/** What the documentation promises of any Pod, at any time. */
function isAllowed(pod: Pod): void {
  const { phase, containerStatuses = [], initContainerStatuses = [], conditions = [] } = pod.status
  const all = [...initContainerStatuses, ...containerStatuses]
  for (const { state = {}, ready, restartCount } of all) {
    expect(Object.keys(state)).toHaveLength(1)
    expect(restartCount).toBeGreaterThanOrEqual(0)
    if (ready && containerStatuses.some(s => s.state === state)) expect(state.running).toBeTruthy()
  }
  const ready = conditions.find(c => c.type === 'Ready')?.status
  if (ready === 'True') {
    expect(phase).toBe('Running')
    expect(containerStatuses.every(s => s.ready)).toBe(true)
  }
  if (phase === 'Succeeded') expect(containerStatuses.every(s => s.state?.terminated?.exitCode === 0)).toBe(true)
  if (phase === 'Succeeded' || phase === 'Failed') {
    expect(all.some(s => s.state?.running)).toBe(false)
    expect(ready).not.toBe('True')
  }
  if (phase === 'Running') expect(containerStatuses.every(s => !s.state?.waiting || s.lastState?.terminated)).toBe(true)
}

const history = async (spec: Random, steps: readonly number[], seed = 'h'): Promise<string> => {
  const node = testNode(seed)
  const seen: string[] = []
  node.store.watch('pods', {}, e => void seen.push(JSON.stringify(e.object)))
  node.store.watch('events', {}, e => void seen.push(JSON.stringify(e.object)))
  node.run('p', specOf(spec))
  for (const ms of steps) await node.clock.advance(ms)
  return seen.join('\n')
}

describe('any Pod', () => {
  it('is always in a state that the documentation allows, and gone after its deletion', async () => {
    await fc.assert(
      fc.asyncProperty(podArbitrary, fc.integer({ min: 0, max: 60 }), async (spec, deleteAfter) => {
        const node = testNode()
        let phases: string[] = []
        node.store.watch('pods', {}, e => {
          const pod = e.object as unknown as Pod
          isAllowed(pod)
          phases = [...phases, pod.status.phase ?? '']
        })
        node.run('p', specOf(spec))
        await node.pass(deleteAfter)
        node.delete('p')
        await node.pass(60)
        expect(node.find('p')).toBeUndefined()
        expect(node.kubelet.workers()).toHaveLength(0)
        expect(node.runtime.containers.filter(c => c.state.state === 'running')).toHaveLength(0)
        // A Pod that has ended never comes back.
        const end = phases.findIndex(p => p === 'Succeeded' || p === 'Failed')
        if (end >= 0) expect(new Set(phases.slice(end)).size).toBe(1)
      }),
      { numRuns: 60 },
    )
  })

  it('comes to rest if nothing of it is restarted', async () => {
    await fc.assert(
      fc.asyncProperty(podArbitrary, async spec => {
        const node = testNode()
        const ends = (list: readonly { program: Program }[]) =>
          list.map(c => ({ ...c, restartPolicy: undefined, program: { ...c.program, ends: true } }))
        node.run('p', specOf({ ...spec, restartPolicy: 'Never', containers: ends(spec.containers) }))
        await node.pass(180)
        expect(['Succeeded', 'Failed']).toContain(node.get('p').status.phase)
      }),
      { numRuns: 40 },
    )
  })

  it('has the same history for the same seed, in one jump or in steps', async () => {
    await fc.assert(
      fc.asyncProperty(podArbitrary, async spec => {
        const jump = await history(spec, [300_000])
        expect(await history(spec, [300_000])).toBe(jump)
        expect(await history(spec, Array(300).fill(1000))).toBe(jump)
      }),
      { numRuns: 25 },
    )
  })
})
