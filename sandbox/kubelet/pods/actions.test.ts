/** computePodActions: what is to be done to a Pod's containers. */
import { describe, expect, it } from 'vitest'
import type { ContainerSpec, Pod } from '../types.ts'
import { computePodActions, type PodActions, type ProbeResults } from './actions.ts'
import { type Instance, newPodRuntime, type PodRuntime } from './instances.ts'

type RunState = 'running' | 'created' | number
const NO_PROBES: ProbeResults = { liveness: () => true, startup: () => undefined }

const pod = (spec: object, metadata: object = {}): Pod =>
  ({
    metadata: { name: 'p', uid: 'u', ...metadata },
    spec: { restartPolicy: 'Always', ...spec },
    status: {},
  }) as unknown as Pod
const c = (name: string, more: object = {}): ContainerSpec => ({ name, image: 'i:1', ...more }) as ContainerSpec

/** What runs: for each container its state, or the code with which it ended. */
function runtime(pod: Pod, runs: Record<string, RunState>, sandbox = true): PodRuntime {
  const made = newPodRuntime()
  made.sandboxReady = sandbox
  made.sandboxAttempt = 0
  made.sandbox = { id: 's', ips: [] }
  const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])]
  for (const [name, state] of Object.entries(runs)) {
    const spec = all.find(x => x.name === name) as ContainerSpec
    const kind = pod.spec.containers.includes(spec) ? 'container' : 'init'
    const ending = typeof state === 'number' ? { ending: { exitCode: state } } : {}
    made.instances.push({
      name,
      kind,
      id: name,
      spec,
      state: typeof state === 'number' ? 'exited' : state,
      ...ending,
    } as Instance)
  }
  return made
}

const EMPTY: PodActions = {
  killPod: false,
  createSandbox: false,
  initContainersToStart: [],
  containersToStart: [],
  ephemeralContainersToStart: [],
  containersToKill: [],
  containersToReset: [],
}

interface Row {
  it: string
  spec: object
  metadata?: object
  runs: Record<string, RunState>
  sandbox?: boolean
  never?: boolean
  probes?: Partial<ProbeResults>
  expected: Partial<PodActions>
}

const two = { containers: [c('a'), c('b')] }
const init = { initContainers: [c('i'), c('j')], containers: [c('a')] }
const sidecar = { initContainers: [c('i'), c('s', { restartPolicy: 'Always' }), c('j')], containers: [c('a')] }

const TABLE: readonly Row[] = [
  {
    it: 'makes a sandbox and starts everything',
    spec: two,
    runs: {},
    sandbox: false,
    expected: { killPod: true, createSandbox: true, containersToStart: [0, 1] },
  },
  {
    it: 'begins with the first init container',
    spec: init,
    runs: {},
    sandbox: false,
    expected: { killPod: true, createSandbox: true, initContainersToStart: [0] },
  },
  { it: 'keeps what runs', spec: two, runs: { a: 'running', b: 'running' }, expected: {} },
  {
    it: 'restarts what ended, under Always',
    spec: two,
    runs: { a: 0, b: 'running' },
    expected: { containersToStart: [0] },
  },
  {
    it: 'restarts failures only, under OnFailure',
    spec: { ...two, restartPolicy: 'OnFailure' },
    runs: { a: 0, b: 1 },
    expected: { containersToStart: [1] },
  },
  {
    it: 'restarts nothing, under Never',
    spec: { ...two, restartPolicy: 'Never' },
    runs: { a: 1, b: 'running' },
    expected: {},
  },
  {
    it: 'kills the Pod when all is done',
    spec: { ...two, restartPolicy: 'Never' },
    runs: { a: 1, b: 0 },
    expected: { killPod: true },
  },
  {
    it: 'lets a container have its own policy',
    spec: { containers: [c('a', { restartPolicy: 'Never' }), c('b')] },
    runs: { a: 1, b: 1 },
    expected: { containersToStart: [1] },
  },
  {
    it: 'follows a rule for an exit code',
    spec: {
      containers: [
        c('a', {
          restartPolicy: 'Never',
          restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
        }),
        c('b'),
      ],
    },
    runs: { a: 42, b: 'running' },
    expected: { containersToStart: [0] },
  },
  {
    it: 'restarts nothing of a Pod that goes away',
    spec: two,
    metadata: { deletionTimestamp: 'now' },
    runs: { a: 1, b: 'running' },
    expected: {},
  },
  { it: 'waits for the running init container', spec: init, runs: { i: 'running' }, expected: {} },
  { it: 'goes on to the next init container', spec: init, runs: { i: 0 }, expected: { initContainersToStart: [1] } },
  {
    it: 'starts the rest after the last init container',
    spec: init,
    runs: { i: 0, j: 0 },
    expected: { containersToStart: [0] },
  },
  { it: 'tries a failed init container again', spec: init, runs: { i: 1 }, expected: { initContainersToStart: [0] } },
  {
    it: 'gives up on a failed init container under Never',
    spec: { ...init, restartPolicy: 'Never' },
    runs: { i: 1 },
    expected: { killPod: true },
  },
  {
    it: 'goes on past a sidecar that has started',
    spec: sidecar,
    runs: { i: 0, s: 'running' },
    expected: { initContainersToStart: [2] },
  },
  {
    it: 'revives a sidecar while the Pod runs',
    spec: sidecar,
    runs: { i: 0, s: 1, j: 0, a: 'running' },
    expected: { initContainersToStart: [1] },
  },
  {
    it: 'waits for a sidecar whose startup probe has not spoken',
    spec: { ...sidecar, initContainers: [c('s', { restartPolicy: 'Always', startupProbe: {} }), c('j')] },
    runs: { s: 'running' },
    expected: {},
  },
  {
    it: 'does not keep a Pod for its sidecar alone',
    spec: { ...sidecar, restartPolicy: 'Never' },
    runs: { i: 0, s: 'running', j: 0, a: 0 },
    expected: { killPod: true },
  },
  {
    it: 'kills and restarts what is no longer alive',
    spec: two,
    runs: { a: 'running', b: 'running' },
    probes: { liveness: id => id !== 'a' },
    expected: {
      containersToStart: [0],
      containersToKill: [
        {
          id: 'a',
          name: 'a',
          message: 'Container a failed liveness probe, will be restarted',
          reason: 'LivenessProbe',
        },
      ],
    },
  },
  {
    it: 'only kills it, under Never',
    spec: { ...two, restartPolicy: 'Never' },
    runs: { a: 'running', b: 'running' },
    probes: { startup: id => (id === 'b' ? false : undefined) },
    expected: {
      containersToKill: [{ id: 'b', name: 'b', message: 'Container b failed startup probe', reason: 'StartupProbe' }],
    },
  },
  {
    it: 'does not begin again what may run only once',
    spec: { ...two, restartPolicy: 'Never' },
    runs: { a: 255, b: 255 },
    sandbox: false,
    expected: { killPod: true },
  },
  {
    it: 'begins again in a new sandbox after the node was away',
    spec: two,
    runs: { a: 255, b: 255 },
    sandbox: false,
    expected: { killPod: true, createSandbox: true, containersToStart: [0, 1] },
  },
  {
    it: 'starts an ephemeral container once',
    spec: { ...two, ephemeralContainers: [c('e'), c('f')] },
    runs: { a: 'running', b: 'running', e: 1 },
    expected: { ephemeralContainersToStart: [1] },
  },
]

describe('which containers are started, killed, kept', () => {
  for (const row of TABLE) {
    it(row.it, () => {
      const subject = pod(row.spec, row.metadata)
      const probes = { ...NO_PROBES, ...row.probes }
      expect(computePodActions(subject, runtime(subject, row.runs, row.sandbox), probes)).toEqual({
        ...EMPTY,
        ...row.expected,
      })
    })
  }

  it('kills and restarts a container whose image was changed, whatever the policy', () => {
    const before = pod({ containers: [c('a')], restartPolicy: 'Never' })
    const after = pod({ containers: [c('a', { image: 'i:2' })], restartPolicy: 'Never' })
    const actions = computePodActions(after, runtime(before, { a: 'running' }), NO_PROBES)
    expect(actions.containersToKill[0]?.message).toBe('Container a definition changed, will be restarted')
    expect(actions.containersToStart).toEqual([0])
  })

  it('clears everything away when a rule restarts all containers, the one that asked for it last', () => {
    const rule = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [9] } }
    const subject = pod({ containers: [c('a', { restartPolicy: 'Never', restartPolicyRules: [rule] }), c('b')] })
    const actions = computePodActions(subject, runtime(subject, { a: 9, b: 'running' }), NO_PROBES, {
      restartAllContainers: true,
    })
    expect(actions.containersToReset).toEqual(['b', 'a'])
  })
})
