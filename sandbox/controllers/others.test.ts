import { describe, expect, it } from 'vitest'
import { cronJob as cronKind } from '../api/kinds/cronjob.ts'
import { kinds } from '../api/kinds/index.ts'
import { job as jobKind } from '../api/kinds/job.ts'
import { persistentVolume } from '../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { podDisruptionBudget } from '../api/kinds/poddisruptionbudget.ts'
import { clusterRole } from '../api/kinds/rbac.ts'
import { replicaSet } from '../api/kinds/replicaset.ts'
import { resourceQuota } from '../api/kinds/resourcequota.ts'
import { storageClass, volumeAttributesClass } from '../api/kinds/storage.ts'
import { clusterRoleAggregationController } from './clusterrole-aggregation.ts'
import { cronJobController } from './cronjob/index.ts'
import { parseSchedule } from './cronjob/schedule.ts'
import { disruptionController } from './disruption.ts'
import { replicaSetController } from './replicaset.ts'
import { resourceQuotaController } from './resourcequota.ts'
import { makeWorld, template } from './testing.ts'
import { persistentVolumeBinder } from './volumes/binder.ts'
import {
  attributesProtectionController,
  claimProtectionController,
  volumeProtectionController,
} from './volumes/protection.ts'

describe('a schedule', () => {
  const at = (text: string, from: string, zone?: string): string =>
    new Date(parseSchedule(text, zone).next(Date.parse(from))!).toISOString()

  it('names the next time, in its time zone', () => {
    expect(at('*/5 * * * *', '2026-01-05T09:01:00Z')).toBe('2026-01-05T09:05:00.000Z')
    expect(at('*/5 * * * *', '2026-01-05T09:05:00Z')).toBe('2026-01-05T09:10:00.000Z')
    expect(at('0 8 * * 1-5', '2026-01-09T09:00:00Z', 'Asia/Shanghai')).toBe('2026-01-12T00:00:00.000Z')
    expect(at('@hourly', '2026-01-05T09:00:00Z')).toBe('2026-01-05T10:00:00.000Z')
    expect(at('@every 90s', '2026-01-05T09:00:00Z')).toBe('2026-01-05T09:01:30.000Z')
    expect(at('@every 0s', '2026-01-05T09:00:00Z'), 'never more often than each second').toBe(
      '2026-01-05T09:00:01.000Z',
    )
    expect(at('0 0 13 * FRI', '2026-01-05T00:00:00Z')).toBe('2026-01-09T00:00:00.000Z')
  })

  it('must make sense', () => {
    for (const text of ['* * * *', '61 * * * *', '@every soon', 'whenever'])
      expect(() => parseSchedule(text, undefined)).toThrow()
  })
})

describe('a CronJob', () => {
  function world(spec: object = {}) {
    const w = makeWorld({ controllers: [cronJobController], kubelet: false })
    w.client.create(cronKind, {
      metadata: { name: 'tick', namespace: 'default' },
      spec: {
        schedule: '* * * * *',
        jobTemplate: {
          spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } } },
        },
        ...spec,
      },
    } as never)
    const jobs = () => w.client.list(jobKind)
    /** As a Job's own controller ends it: what is to come first, then that it has come. */
    const end = (type: 'Complete' | 'Failed'): void => {
      const now = w.clock.timestamp()
      const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget'
      const conditions = [first, type].map(t => ({ type: t, status: 'True', lastTransitionTime: now }))
      const times = { startTime: now, ...(type === 'Complete' && { completionTime: now }) }
      for (const job of jobs())
        w.client.updateStatus(jobKind, { ...job, status: { ...times, ...job.status, conditions } } as never)
    }
    return { ...w, jobs, end }
  }

  it('starts a Job a minute, named after the time', async () => {
    const w = world()
    await w.clock.advance(60_200)
    expect(w.jobs().map(j => j.metadata.name)).toEqual([`tick-${Date.UTC(2026, 0, 5, 9, 1) / 60_000}`])
    w.end('Complete')
    await w.clock.advance(60_000)
    expect(w.jobs()).toHaveLength(2)
    const status = w.client.get(cronKind, 'default', 'tick').status
    expect(status).toMatchObject({
      lastScheduleTime: '2026-01-05T09:02:00Z',
      lastSuccessfulTime: '2026-01-05T09:01:00Z',
    })
    expect(status.active).toHaveLength(1)
    expect(w.events('CronJob')[1]).toMatch(/^SawCompletedJob x1: Saw completed job: tick-\d+, condition: Complete$/)
    expect(w.errors).toEqual([])
  })

  it('that forbids two at once waits, and starts as soon as the first has ended', async () => {
    const w = world({ concurrencyPolicy: 'Forbid' })
    await w.clock.advance(130_000)
    expect(w.jobs()).toHaveLength(1)
    w.end('Complete')
    await w.clock.settle()
    expect(w.jobs()).toHaveLength(2)
  })

  it('whose time never comes says so', async () => {
    const w = world({ schedule: '59 23 31 2 *' })
    await w.clock.advance(1000)
    expect(w.events('CronJob')).toEqual([
      'InvalidSchedule x1: invalid schedule: 59 23 31 2 * : time difference between two schedules is less than 1 second',
    ])
  })

  it('that is suspended starts nothing; history is kept to its limit', async () => {
    const quiet = world({ suspend: true })
    await quiet.clock.advance(300_000)
    expect(quiet.jobs()).toEqual([])
    const w = world({ successfulJobsHistoryLimit: 1 })
    for (let i = 0; i < 4; i++) {
      await w.clock.advance(60_100)
      w.end('Complete')
    }
    await w.clock.settle()
    expect(w.jobs()).toHaveLength(1)
  })
})

it('a PodDisruptionBudget knows how many may go', async () => {
  const w = makeWorld({ controllers: [disruptionController(() => kinds), replicaSetController] })
  w.client.create(replicaSet, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }) },
  } as never)
  for (const [name, spec] of [
    ['min', { minAvailable: 2 }],
    ['max', { maxUnavailable: '10%' }],
  ] as const) {
    w.client.create(podDisruptionBudget, {
      metadata: { name, namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    } as never)
  }
  await w.clock.advance(3000)
  const status = (name: string) => w.client.get(podDisruptionBudget, 'default', name).status
  expect(status('min')).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 })
  expect(status('max')).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 })
  expect(w.events('Pod').join('\n')).toMatch(
    /MultiplePodDisruptionBudgets x\d+: Pod "default"\/"web-\w{5}" matches multiple PodDisruptionBudgets\. {2}Chose "max" arbitrarily\./,
  )
  const [pod] = w.pods()
  w.client.delete(podKind, 'default', pod!.metadata.name)
  await w.clock.advance(3000)
  // The one that has gone is not counted any more.
  expect(status('min')).toMatchObject({ currentHealthy: 3, expectedPods: 3 })
  expect(w.errors).toEqual([])
})

it('a PodDisruptionBudget says what it cannot count', async () => {
  const w = makeWorld({ controllers: [disruptionController(() => kinds)] })
  const add = (name: string, more: object = {}): void =>
    void w.client.create(podKind, {
      metadata: { name, namespace: 'default', labels: { app: name }, ...more },
      spec: template({}).spec,
    } as never)
  add('bare')
  const owner = w.client.create(jobKind, {
    metadata: { name: 'work', namespace: 'default' },
    spec: { template: { spec: { ...template({}).spec, restartPolicy: 'Never' } } },
  } as never)
  const { uid } = owner.metadata
  add('worker', {
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'work', uid, controller: true }],
  })
  for (const app of ['bare', 'worker']) {
    w.client.create(podDisruptionBudget, {
      metadata: { name: app, namespace: 'default' },
      spec: { selector: { matchLabels: { app } }, maxUnavailable: 1 },
    } as never)
  }
  await w.clock.advance(3000)
  const events = w.events('PodDisruptionBudget').join('\n')
  expect(events).toContain(
    'Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: bare,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged.',
  )
  expect(events).toContain(
    'Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource',
  )
  const status = (name: string) => w.client.get(podDisruptionBudget, 'default', name).status
  expect(status('bare')).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 })
  expect(status('worker').conditions).toMatchObject([
    { type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed' },
  ])
  expect(w.errors).toEqual([])
})

it('attributes of volumes stay while a claim has them', async () => {
  const w = makeWorld({ controllers: [attributesProtectionController] })
  w.client.create(volumeAttributesClass, {
    metadata: { name: 'gold' },
    driverName: 'd',
    parameters: { a: 'b' },
  } as never)
  w.client.create(persistentVolumeClaim, {
    metadata: { name: 'data', namespace: 'default' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      volumeAttributesClassName: 'gold',
      resources: { requests: { storage: '1Gi' } },
    },
  })
  await w.clock.settle()
  w.client.delete(volumeAttributesClass, '', 'gold')
  await w.clock.settle()
  expect(w.client.get(volumeAttributesClass, '', 'gold').metadata.finalizers).toEqual(['kubernetes.io/vac-protection'])
  w.client.patch(persistentVolumeClaim, 'default', 'data', { metadata: { finalizers: null } })
  w.client.delete(persistentVolumeClaim, 'default', 'data')
  await w.clock.settle()
  expect(w.client.find(volumeAttributesClass, '', 'gold')).toBeUndefined()
})

describe('a claim', () => {
  function world() {
    const w = makeWorld({
      controllers: [persistentVolumeBinder, claimProtectionController, volumeProtectionController],
    })
    const addVolume = (name: string, size: string, more: object = {}): void =>
      void w.client.create(persistentVolume, {
        metadata: { name },
        spec: {
          capacity: { storage: size },
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'slow',
          hostPath: { path: '/data' },
          ...more,
        },
      } as never)
    const addClaim = (name: string, more: object = {}, annotations: Record<string, string> = {}): void =>
      void w.client.create(persistentVolumeClaim, {
        metadata: { name, namespace: 'default', annotations },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'slow',
          resources: { requests: { storage: '500Mi' } },
          ...more,
        },
      } as never)
    const claim = (name: string) => w.client.get(persistentVolumeClaim, 'default', name)
    const phase = (name: string) => w.client.get(persistentVolume, '', name).status.phase
    return { ...w, addVolume, addClaim, claim, phase }
  }

  it('gets the smallest volume that will do, and leaves it released', async () => {
    const w = world()
    w.addVolume('big', '10Gi')
    w.addVolume('small', '1Gi')
    w.addVolume('tiny', '100Mi')
    await w.clock.settle()
    expect(w.phase('small')).toBe('Available')
    w.addClaim('data')
    await w.clock.settle()
    expect([w.claim('data').spec.volumeName, w.claim('data').status.phase, w.phase('small')]).toEqual([
      'small',
      'Bound',
      'Bound',
    ])
    w.client.delete(persistentVolumeClaim, 'default', 'data')
    await w.clock.settle()
    expect(w.phase('small')).toBe('Released')
    w.addClaim('next')
    await w.clock.settle()
    expect(w.claim('next').spec.volumeName).toBe('big')
    expect(w.errors).toEqual([])
  })

  it('without a class that exists waits, and says why', async () => {
    const w = world()
    w.addClaim('data')
    await w.clock.settle()
    expect(w.events('PersistentVolumeClaim')[0]).toMatch(/storageclass.storage.k8s.io "slow" not found$/)
    w.addVolume('late', '1Gi')
    await w.clock.settle()
    expect(w.claim('data').status.phase).toBe('Bound')
  })

  it('that asks for more than the provisioner can do is told so, and gets no volume', async () => {
    const w = world()
    w.client.create(storageClass, {
      metadata: { name: 'slow' },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
    } as never)
    const node = { 'volume.kubernetes.io/selected-node': 'node-1' }
    w.addClaim('plain', {}, node)
    w.addClaim('picky', { selector: { matchLabels: { disk: 'fast' } } }, node)
    w.addClaim('copy', { dataSource: { kind: 'PersistentVolumeClaim', name: 'plain' } }, node)
    w.addClaim('tuned', { volumeAttributesClassName: 'gold' }, node)
    await w.clock.settle()
    const phases = ['plain', 'picky', 'copy', 'tuned'].map(name => w.claim(name).status.phase)
    expect(phases).toEqual(['Bound', 'Pending', 'Pending', 'Pending'])
    expect(w.events('PersistentVolumeClaim').filter(text => text.includes('failed to provision'))).toEqual(
      [
        'spec.dataSource: not simulated',
        'claim.Spec.Selector is not supported',
        'spec.volumeAttributesClassName: not simulated',
      ].map(why => expect.stringContaining(`failed to provision volume with StorageClass "slow": ${why}`)),
    )
  })

  it('in use does not go before its Pod', async () => {
    const w = world()
    w.addVolume('v', '1Gi')
    w.addClaim('data')
    w.client.create(podKind, {
      metadata: { name: 'p', namespace: 'default' },
      spec: {
        containers: [{ name: 'app', image: 'v1' }],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
      },
    } as never)
    await w.clock.advance(3000)
    w.client.delete(persistentVolumeClaim, 'default', 'data')
    await w.clock.settle()
    expect(w.claim('data').metadata.deletionTimestamp).toBeDefined()
    w.client.delete(podKind, 'default', 'p')
    await w.clock.advance(3000)
    expect(w.client.find(persistentVolumeClaim, 'default', 'data')).toBeUndefined()
  })
})

it('a ResourceQuota counts what is there', async () => {
  const w = makeWorld({ controllers: [resourceQuotaController(() => kinds)] })
  w.client.create(resourceQuota, {
    metadata: { name: 'q', namespace: 'default' },
    spec: { hard: { pods: '2', 'requests.cpu': '1' } },
  } as never)
  await w.clock.settle()
  const used = () => w.client.get(resourceQuota, 'default', 'q').status!.used
  expect(used()).toEqual({ pods: '0', 'requests.cpu': '0' })
  w.client.create(podKind, {
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [{ name: 'app', image: 'v1', resources: { requests: { cpu: '300m' } } }] },
  } as never)
  await w.clock.advance(2000)
  expect(used()).toEqual({ pods: '1', 'requests.cpu': '300m' })
  w.client.delete(podKind, 'default', 'p')
  await w.clock.advance(2000)
  expect(used()).toEqual({ pods: '0', 'requests.cpu': '0' })
  expect(w.errors).toEqual([])
})

it('an aggregated ClusterRole holds the rules of those it selects', async () => {
  const w = makeWorld({ controllers: [clusterRoleAggregationController] })
  const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] }
  w.client.create(clusterRole, {
    metadata: { name: 'all' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] },
    rules: [],
  } as never)
  w.client.create(clusterRole, { metadata: { name: 'one', labels: { part: 'yes' } }, rules: [rule] } as never)
  await w.clock.settle()
  expect(w.client.get(clusterRole, '', 'all').rules).toEqual([rule])
})
