/** The Job controller. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Job, Pod } from '../../api/types.ts'
import { makeWorld } from '../testing.ts'
import { jobController } from './index.ts'
import { formatIndexes, parseIndexes } from './indexes.ts'
import { ttlAfterFinishedController } from './ttl.ts'

const NEVER_RUN = { name: 'main', image: 'busybox', imageID: '', ready: false, restartCount: 0 }

/** A kubelet whose containers run a second and end with the exit code that `codeOf` says; undefined runs on. */
function world(codeOf: (pod: Pod, attempt: number) => number | undefined = () => 0) {
  const w = makeWorld({ controllers: [jobController(), ttlAfterFinishedController], kubelet: false })
  const { client, clock } = w
  const seen = new Set<string>()
  let attempts = 0
  const end = (ns: string, name: string, code: number): void => {
    const pod = client.find(podKind, ns, name)
    if (!pod) return
    const terminated = { exitCode: code, finishedAt: clock.timestamp(), startedAt: clock.timestamp() }
    const phase = code === 0 ? 'Succeeded' : 'Failed'
    client.updateStatus(podKind, {
      ...pod,
      status: { ...pod.status, phase, containerStatuses: [{ ...NEVER_RUN, state: { terminated } }] },
    })
  }
  client.watch(podKind, {}, ({ type, object }) => {
    if (type === 'DELETED') return
    const { namespace: ns = '', name, uid, deletionTimestamp } = object.metadata
    clock.soon(() => {
      const pod = client.find(podKind, ns, name)
      if (!pod || pod.metadata.uid !== uid) return
      if (deletionTimestamp) {
        clock.after(500, () => {
          const now = client.find(podKind, ns, name)
          if (!now) return
          if (now.status.phase === 'Running' || now.status.phase === 'Pending') end(ns, name, 143)
          if (client.find(podKind, ns, name)?.metadata.deletionGracePeriodSeconds !== 0)
            client.delete(podKind, ns, name, { gracePeriodSeconds: 0 })
        })
      } else if (!seen.has(uid)) {
        seen.add(uid)
        client.bind(ns, name, 'node-1')
        const running = client.get(podKind, ns, name)
        client.updateStatus(podKind, { ...running, status: { ...running.status, phase: 'Running' } })
        const code = codeOf(pod, attempts++)
        if (code !== undefined) clock.after(1000, () => end(ns, name, code))
      }
    })
  })
  const create = (spec: object = {}) =>
    client.create(jobKind, {
      metadata: { name: 'work', namespace: 'default' },
      spec: {
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } },
        ...spec,
      },
    })
  const job = (): Job => client.get(jobKind, 'default', 'work')
  const conditions = () => (job().status.conditions ?? []).map(c => `${c.type}=${c.status} ${c.reason}: ${c.message}`)
  const jobEvents = () => w.events('Job').filter(e => !e.startsWith('SuccessfulCreate'))
  return { ...w, create, job, conditions, jobEvents }
}

describe('a Job', () => {
  it('runs Pods side by side until enough have succeeded', async () => {
    const w = world()
    w.create({ completions: 4, parallelism: 2 })
    await w.clock.settle()
    expect(w.job().status).toMatchObject({ active: 2, ready: 0, terminating: 0 })
    await w.clock.advance(5000)
    expect(w.conditions()).toEqual([
      'SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods',
      'Complete=True CompletionsReached: Reached expected number of succeeded pods',
    ])
    expect(w.job().status).toMatchObject({ succeeded: 4, ready: 0, terminating: 0, uncountedTerminatedPods: {} })
    expect(w.pods()).toHaveLength(4)
    expect(w.pods().every(p => !p.metadata.finalizers)).toBe(true)
    expect(w.jobEvents()).toEqual(['Completed x1: Job completed'])
    expect(w.errors).toEqual([])
  })

  it('tries again after ten seconds, and gives up past its limit', async () => {
    const w = world(() => 3)
    w.create({ backoffLimit: 1 })
    await w.clock.advance(9000)
    expect(w.pods()).toHaveLength(1)
    await w.clock.advance(5000)
    expect(w.pods()).toHaveLength(2)
    expect(w.job().status.failed).toBe(2)
    expect(w.conditions()).toEqual([
      'FailureTarget=True BackoffLimitExceeded: Job has reached the specified backoff limit',
      'Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit',
    ])
    expect(w.jobEvents()).toEqual(['BackoffLimitExceeded x1: Job has reached the specified backoff limit'])
  })

  it('ends when its deadline has passed', async () => {
    const w = world(() => undefined)
    w.create({ activeDeadlineSeconds: 5 })
    await w.clock.advance(10_000)
    expect(w.conditions()[1]).toBe('Failed=True DeadlineExceeded: Job was active longer than specified deadline')
    expect(w.job().status.failed).toBe(1)
    expect(w.jobEvents()[0]).toMatch(/^SuccessfulDelete x1: Deleted pod: work-/)
    expect(w.pods()).toEqual([])
  })

  it('is suspended and resumed', async () => {
    const w = world(() => undefined)
    w.create({ suspend: true })
    await w.clock.advance(2000)
    expect([w.pods().length, w.job().status.startTime, w.conditions()]).toEqual([
      0,
      undefined,
      ['Suspended=True JobSuspended: Job suspended'],
    ])
    w.client.patch(jobKind, 'default', 'work', { spec: { suspend: false } })
    await w.clock.advance(2000)
    expect([w.pods().length, w.conditions()]).toEqual([1, ['Suspended=False JobResumed: Job resumed']])
    expect(w.jobEvents()).toEqual(['Suspended x1: Job suspended', 'Resumed x1: Job resumed'])
    w.client.patch(jobKind, 'default', 'work', { spec: { suspend: true } })
    await w.clock.advance(2000)
    // A Pod that was stopped on purpose has not failed.
    expect([w.pods().length, w.job().status.failed]).toEqual([0, undefined])
  })

  it('is looked at a second after its Pods have changed, once for all that happened in between', async () => {
    const w = world(() => undefined)
    w.create({ completions: 2, parallelism: 2 })
    await w.clock.advance(2000)
    const written: (number | undefined)[] = []
    w.client.watch(jobKind, {}, ({ object, old }) => {
      if (old && object.status.succeeded !== old.status.succeeded) written.push(object.status.succeeded)
    })
    for (const pod of w.pods()) {
      w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Succeeded' } })
      await w.clock.advance(400)
    }
    expect(written).toEqual([])
    await w.clock.advance(200)
    expect(written).toEqual([2])
  })

  it('does at once what is asked of it itself', async () => {
    const w = world()
    w.create({ suspend: true })
    await w.clock.advance(2000)
    w.client.patch(jobKind, 'default', 'work', { spec: { suspend: false } })
    await w.clock.settle()
    expect(w.job().status.active).toBe(1)
  })

  it('takes a Pod for its own, and lets go of it again', async () => {
    const w = world(() => undefined)
    const labels = { my: 'job' }
    const spec = { restartPolicy: 'Never' as const, containers: [{ name: 'main', image: 'busybox' }] }
    w.client.create(podKind, { metadata: { name: 'found', namespace: 'default', labels }, spec })
    await w.clock.settle()
    w.create({ manualSelector: true, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } })
    await w.clock.settle()
    expect(w.pods().map(p => [p.metadata.name, p.metadata.finalizers])).toEqual([
      ['found', ['batch.kubernetes.io/job-tracking']],
    ])
    expect(w.job().metadata.labels).toEqual(labels)
    w.client.patch(podKind, 'default', 'found', { metadata: { labels: { my: null } } })
    await w.clock.advance(1000)
    const found = w.client.get(podKind, 'default', 'found')
    expect([found.metadata.finalizers, found.metadata.ownerReferences]).toEqual([undefined, undefined])
  })

  it('without labels has those of its template, the generated ones too', async () => {
    const w = world()
    const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] }
    w.create({ template: { metadata: { labels: { a: 'b' } }, spec } })
    const { uid, labels } = w.job().metadata
    expect(labels).toEqual({
      a: 'b',
      'controller-uid': uid,
      'job-name': 'work',
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'work',
    })
  })

  it('goes some time after its end when it is told to', async () => {
    const w = world()
    w.create({ ttlSecondsAfterFinished: 2 })
    await w.clock.advance(2900)
    expect(w.client.find(jobKind, 'default', 'work')).toBeDefined()
    await w.clock.advance(200)
    expect(w.job().metadata.deletionTimestamp).toBeDefined()
  })

  it('fails at once where its policy says so', async () => {
    const w = world(() => 42)
    w.create({
      podFailurePolicy: {
        rules: [{ action: 'FailJob', onExitCodes: { containerName: 'main', operator: 'In', values: [42] } }],
      },
    })
    await w.clock.advance(3000)
    expect(w.conditions()[0]).toMatch(
      /^FailureTarget=True PodFailurePolicy: Container main for pod default\/work-\w+ failed with exit code 42 matching FailJob rule at index 0$/,
    )
  })
})

describe('an indexed Job', () => {
  const index = (pod: Pod): number => Number(pod.metadata.annotations!['batch.kubernetes.io/job-completion-index'])

  it('gives each Pod a part of the work', async () => {
    const w = world()
    w.create({ completions: 3, parallelism: 3, completionMode: 'Indexed' })
    await w.clock.advance(3000)
    expect(
      w.pods().map(p => [p.spec.hostname, p.metadata.labels!['batch.kubernetes.io/job-completion-index']]),
    ).toEqual([
      ['work-0', '0'],
      ['work-1', '1'],
      ['work-2', '2'],
    ])
    expect(w.pods()[0]!.metadata.name).toMatch(/^work-0-/)
    expect(w.job().status).toMatchObject({ succeeded: 3, completedIndexes: '0-2' })
  })

  it('with a limit per index goes on with the others', async () => {
    const w = world(pod => (index(pod) === 1 ? 1 : 0))
    w.create({ completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 0 })
    await w.clock.advance(3000)
    expect(w.job().status).toMatchObject({ succeeded: 2, failed: 1, completedIndexes: '0,2', failedIndexes: '1' })
    expect(w.conditions()[1]).toBe('Failed=True FailedIndexes: Job has failed indexes')
  })

  it('retries an index as often as it may', async () => {
    const w = world(pod => (index(pod) === 0 && w.pods().length < 4 ? 1 : 0))
    w.create({ completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimitPerIndex: 2 })
    await w.clock.advance(3000)
    // A failed Pod is counted when its successor has noted it.
    const first = w.pods().find(p => p.status.phase === 'Failed')
    expect([w.job().status.failed, first!.metadata.finalizers]).toEqual([
      undefined,
      ['batch.kubernetes.io/job-tracking'],
    ])
    await w.clock.advance(57_000)
    expect(w.job().status).toMatchObject({ succeeded: 2, failed: 2, completedIndexes: '0,1' })
    expect(w.errors).toEqual([])
  })

  it('may succeed early', async () => {
    const w = world(pod => (index(pod) === 0 ? 0 : undefined))
    w.create({
      completions: 3,
      parallelism: 3,
      completionMode: 'Indexed',
      successPolicy: { rules: [{ succeededIndexes: '0' }] },
    })
    await w.clock.advance(5000)
    expect(w.conditions()).toEqual([
      'SuccessCriteriaMet=True SuccessPolicy: Matched rules at index 0',
      'Complete=True SuccessPolicy: Matched rules at index 0',
    ])
    expect(w.pods()).toHaveLength(1)
  })

  it('writes indexes as intervals that can be read back', () => {
    expect(formatIndexes([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7,8')
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), list => {
        expect([...parseIndexes(formatIndexes(list), 41)].sort((a, b) => a - b)).toEqual(
          [...list].sort((a, b) => a - b),
        )
      }),
    )
  })
})
