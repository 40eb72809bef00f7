/** The server's machinery, told as short stories with kinds that have hardly any rules. */
import { describe, expect, it } from 'vitest'
import { createSeriesRecorder } from './events/event-series.ts'
import { createRecorder } from './events/events.ts'
import { StatusError } from './status.ts'
import { sent, testConfigMap, testDeployment, testEvent, testNamespace, testPod, testServer } from './testing.ts'
import type { Pod } from './types.ts'

const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof StatusError) return `${error.code} ${error.reason}: ${error.message}`
    throw error
  }
  return 'accepted'
}

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'default', ...more },
  spec: { containers: [{ name: 'c', image: 'i' }] },
})
const cm = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'default', ...more },
  data: { a: '1' },
})

describe('create', () => {
  it('fills in what the system owns', () => {
    const { client } = testServer()
    const made = client.create(testPod, pod('web'))
    expect(made.metadata).toMatchObject({
      name: 'web',
      namespace: 'default',
      generation: 1,
      creationTimestamp: '2026-01-05T09:00:00Z',
    })
    expect(made.metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
    expect(made.apiVersion).toBe('v1')
    expect(made.status.phase).toBe('Pending')
    expect(Object.isFrozen(made.spec)).toBe(true)
  })

  it('generates a name', () => {
    const { client } = testServer()
    expect(client.create(testPod, pod('', { generateName: 'web-' })).metadata.name).toMatch(
      /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    )
  })

  it('refuses what is there, what is invalid, and a namespace that is missing or going', () => {
    const { client } = testServer()
    client.create(testConfigMap, cm('a'))
    expect(refusal(() => client.create(testConfigMap, cm('a')))).toBe(
      '409 AlreadyExists: configmaps "a" already exists',
    )
    expect(refusal(() => client.create(testConfigMap, cm('B')))).toBe(
      '422 Invalid: ConfigMap "B" is invalid: metadata.name: Invalid value: "B": no capitals',
    )
    expect(refusal(() => client.create(testConfigMap, cm('a', { namespace: 'nowhere' })))).toBe(
      '404 NotFound: namespaces "nowhere" not found',
    )
  })
})

describe('update', () => {
  it('compares and swaps, and an unchanged object writes nothing', () => {
    const { client, store } = testServer()
    const first = client.create(testConfigMap, cm('a'))
    const second = client.update(testConfigMap, { ...first, data: { a: '2' } })
    expect(refusal(() => client.update(testConfigMap, { ...first, data: { a: '3' } }))).toBe(
      '409 Conflict: Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    )
    const { revision } = store
    expect(client.update(testConfigMap, { ...second })).toBe(second)
    expect(store.revision).toBe(revision)
  })

  it('counts generations of the spec and keeps status apart', () => {
    const { client } = testServer()
    const first = client.create(testDeployment, sent({ metadata: { name: 'd', namespace: 'default' }, spec: {} }))
    const scaled = client.update(testDeployment, {
      ...first,
      spec: { ...first.spec, replicas: 3 },
      status: { replicas: 9 },
    })
    expect(scaled.metadata.generation).toBe(2)
    expect(scaled.status).toEqual({})
    const told = client.updateStatus(testDeployment, {
      ...scaled,
      spec: { ...scaled.spec, replicas: 7 },
      status: { replicas: 3 },
    })
    expect(told.spec.replicas).toBe(3)
    expect(told.status).toEqual({ replicas: 3 })
    expect(told.metadata.generation).toBe(2)
    expect(client.patch(testDeployment, 'default', 'd', { spec: { replicas: 5 } }, 'scale').spec.replicas).toBe(5)
  })
})

describe('delete', () => {
  it('takes an unscheduled Pod away at once, gives a scheduled one its grace, which may only be shortened', () => {
    const { client } = testServer()
    client.create(testPod, pod('a'))
    client.delete(testPod, 'default', 'a')
    expect(client.find(testPod, 'default', 'a')).toBeUndefined()

    client.create(testPod, pod('b'))
    client.bind('default', 'b', 'node-1')
    client.delete(testPod, 'default', 'b')
    expect(client.get(testPod, 'default', 'b').metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: '2026-01-05T09:00:30Z',
    })
    client.delete(testPod, 'default', 'b', { gracePeriodSeconds: 60 })
    expect(client.get(testPod, 'default', 'b').metadata.deletionGracePeriodSeconds).toBe(30)
    client.delete(testPod, 'default', 'b', { gracePeriodSeconds: 5 })
    expect(client.get(testPod, 'default', 'b').metadata.deletionTimestamp).toBe('2026-01-05T09:00:05Z')
    client.delete(testPod, 'default', 'b', { gracePeriodSeconds: 0 })
    expect(client.find(testPod, 'default', 'b')).toBeUndefined()
  })

  it('waits for finalizers', () => {
    const { client } = testServer()
    client.create(testConfigMap, cm('held', { finalizers: ['example.com/hold'] }))
    client.delete(testConfigMap, 'default', 'held')
    expect(client.get(testConfigMap, 'default', 'held').metadata.deletionGracePeriodSeconds).toBe(0)
    expect(refusal(() => client.create(testConfigMap, cm('held')))).toContain(
      'object is being deleted: configmaps "held" already exists',
    )
    client.patch(testConfigMap, 'default', 'held', { metadata: { finalizers: null } })
    expect(client.find(testConfigMap, 'default', 'held')).toBeUndefined()
  })

  it('marks foreground and orphan deletions for the garbage collector', () => {
    const { client } = testServer()
    client.create(testConfigMap, cm('a'))
    client.delete(testConfigMap, 'default', 'a', { propagationPolicy: 'Foreground' })
    expect(client.get(testConfigMap, 'default', 'a').metadata.finalizers).toEqual(['foregroundDeletion'])
    client.create(testConfigMap, cm('b'))
    client.delete(testConfigMap, 'default', 'b', { propagationPolicy: 'Orphan' })
    expect(client.get(testConfigMap, 'default', 'b').metadata.finalizers).toEqual(['orphan'])
  })

  it('checks preconditions', () => {
    const { client } = testServer()
    client.create(testConfigMap, cm('a'))
    expect(refusal(() => client.delete(testConfigMap, 'default', 'a', { preconditions: { uid: 'x' } }))).toContain(
      'the UID in the precondition (x) does not match',
    )
  })

  it('lets a namespace go once its finalizer has', () => {
    const { client } = testServer()
    client.create(testNamespace, sent({ metadata: { name: 'n' } }))
    client.delete(testNamespace, '', 'n')
    expect(client.get(testNamespace, '', 'n').status.phase).toBe('Terminating')
    expect(refusal(() => client.create(testConfigMap, cm('a', { namespace: 'n' })))).toBe(
      '403 Forbidden: configmaps "a" is forbidden: unable to create new content in namespace n because it is being terminated',
    )
    client.patch(testNamespace, '', 'n', { spec: { finalizers: null } }, 'finalize')
    expect(client.find(testNamespace, '', 'n')).toBeUndefined()
    expect(refusal(() => client.delete(testNamespace, '', 'default'))).toBe(
      '403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    )
  })
})

describe('list and watch', () => {
  it('select by labels and fields, through indexes too', () => {
    const { client } = testServer()
    for (const name of ['c', 'a', 'b']) client.create(testPod, pod(name, { labels: { app: 'web', name } }))
    client.bind('default', 'b', 'node-1')
    const names = (list: readonly Pod[]) => list.map(p => p.metadata.name)
    expect(names(client.list(testPod, { labelSelector: 'app=web,name in (a, c)' }))).toEqual(['a', 'c'])
    expect(names(client.list(testPod, { fieldSelector: 'spec.nodeName=node-1' }))).toEqual(['b'])
    expect(names(client.list(testPod, { labelSelector: '!app' }))).toEqual([])
    expect(names(client.withLabels(testPod, 'default', { app: 'web' }))).toEqual(['c', 'a', 'b'])
    expect(names(client.onNode(testPod, 'node-1'))).toEqual(['b'])
    expect(refusal(() => client.list(testPod, { fieldSelector: 'spec.image=x' }))).toBe(
      '400 BadRequest: field label not supported: spec.image',
    )
  })

  it('a selecting watch sees objects come into and go out of sight', () => {
    const { client, server } = testServer()
    const seen: string[] = []
    server.watch(testPod, { labelSelector: 'app=web' }, e => seen.push(`${e.type} ${e.object.metadata.name}`))
    client.create(testPod, pod('a'))
    client.patch(testPod, 'default', 'a', { metadata: { labels: { app: 'web' } } })
    client.patch(testPod, 'default', 'a', { metadata: { labels: { x: 'y' } } })
    client.patch(testPod, 'default', 'a', { metadata: { labels: { app: null } } })
    expect(seen).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
  })
})

describe('events', () => {
  it('the same event again is counted, ten alike are combined', async () => {
    const { client, clock } = testServer()
    const recorder = createRecorder({ client, clock, kind: testEvent, component: 'kubelet', host: 'node-1' })
    const web = client.create(testPod, pod('web'))
    recorder.eventAt(web, 'spec.containers{c}', 'Normal', 'Pulled', 'Container image "i" already present')
    await clock.advance(10_000)
    recorder.eventAt(web, 'spec.containers{c}', 'Normal', 'Pulled', 'Container image "i" already present')
    const [event] = client.list(testEvent)
    expect(event).toMatchObject({
      count: 2,
      firstTimestamp: '2026-01-05T09:00:00Z',
      lastTimestamp: '2026-01-05T09:00:10Z',
      source: { component: 'kubelet', host: 'node-1' },
    })
    for (let i = 0; i < 12; i++) recorder.event(web, 'Warning', 'Unhealthy', `probe ${i}`)
    const unhealthy = client.list(testEvent).filter(e => e.reason === 'Unhealthy')
    expect(unhealthy).toHaveLength(10)
    expect(unhealthy[0]).toMatchObject({ reportingComponent: 'kubelet', reportingInstance: 'node-1' })
    expect(unhealthy.at(-1)).toMatchObject({
      count: 3,
      message: '(combined from similar events): probe 11',
      reportingComponent: '',
      reportingInstance: '',
    })
  })

  it('one that somebody has deleted comes back with its count', async () => {
    const { client, clock } = testServer()
    const recorder = createRecorder({ client, clock, kind: testEvent, component: 'kubelet', host: 'node-1' })
    const web = client.create(testPod, pod('web'))
    const tell = () => recorder.event(web, 'Warning', 'BackOff', 'again')
    tell()
    tell()
    const { metadata } = client.list(testEvent)[0]!
    client.delete(testEvent, 'default', metadata.name)
    await clock.advance(10_000)
    tell()
    expect(client.list(testEvent)).toMatchObject([
      {
        metadata: { name: metadata.name },
        count: 3,
        firstTimestamp: '2026-01-05T09:00:00Z',
        lastTimestamp: '2026-01-05T09:00:10Z',
      },
    ])
  })

  it('a flood is dropped, counted all the same, and does not hide events of the other type', async () => {
    const { client, clock } = testServer()
    const recorder = createRecorder({ client, clock, kind: testEvent, component: 'kubelet', host: 'node-1' })
    const web = client.create(testPod, pod('web'))
    for (let i = 0; i < 40; i++) recorder.event(web, 'Warning', 'BackOff', 'again')
    recorder.event(web, 'Warning', 'Failed', 'never told')
    recorder.event(web, 'Normal', 'Pulled', 'told')
    expect(client.list(testEvent)).toMatchObject([
      { reason: 'BackOff', count: 25 },
      { reason: 'Pulled', count: 1 },
    ])
    await clock.advance(11 * 60_000)
    recorder.event(web, 'Warning', 'BackOff', 'again')
    recorder.event(web, 'Warning', 'Failed', 'never told')
    expect(client.list(testEvent)).toMatchObject([
      { reason: 'BackOff', count: 41 },
      { reason: 'Pulled', count: 1 },
      { reason: 'Failed', count: 2 },
    ])
  })

  it('of ever new ones about an object the last 4,096 are remembered', async () => {
    const { client, clock } = testServer()
    const recorder = createRecorder({ client, clock, kind: testEvent, component: 'cronjob-controller' })
    const web = client.create(testPod, pod('web'))
    const tell = async (job: number): Promise<void> => {
      await clock.advance(11 * 60_000)
      recorder.event(web, 'Normal', 'SuccessfulCreate', `Created job ${job}`)
    }
    for (let job = 0; job < 4200; job++) await tell(job)
    const counts = (job: number): number[] =>
      client
        .list(testEvent)
        .filter(e => e.message === `Created job ${job}`)
        .map(e => e.count ?? 0)
    await tell(200)
    await tell(100)
    expect(counts(200)).toEqual([2])
    expect(counts(100)).toEqual([1, 1])
  })

  it('of a series the second is written at once, later ones when it is over', async () => {
    const { client, clock } = testServer()
    const recorder = createSeriesRecorder({
      client,
      clock,
      kind: testEvent,
      component: 'default-scheduler',
      host: 'cp',
    })
    const web = client.create(testPod, pod('web'))
    const tell = (message: string) =>
      recorder.event(web, { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message })
    tell('one')
    expect(client.list(testEvent)).toMatchObject([{ message: 'one', reportingInstance: 'default-scheduler-cp' }])
    for (const message of ['two', 'three', 'four']) {
      await clock.advance(1000)
      tell(message)
    }
    const series = { count: 2, lastObservedTime: '2026-01-05T09:00:01.000000Z' }
    expect(client.list(testEvent)).toMatchObject([{ message: 'one', series }])
    await clock.advance(12 * 60_000)
    expect(client.list(testEvent)).toMatchObject([{ series: { count: 4 } }])
    tell('of the same object, after the series')
    tell('again')
    recorder.event(client.patch(testPod, 'default', 'web', { metadata: { labels: { a: 'b' } } }), {
      type: 'Warning',
      reason: 'FailedScheduling',
      action: 'Scheduling',
      message: 'of a changed one',
    })
    expect(client.list(testEvent)).toHaveLength(3)
  })
})
