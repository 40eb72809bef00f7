/** The HorizontalPodAutoscaler controller. */
import { describe, expect, it } from 'vitest'
import type { KindDef } from '../../api/kind.ts'
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { horizontalPodAutoscaler as hpaKind } from '../../api/kinds/horizontalpodautoscaler/index.ts'
import { kinds } from '../../api/kinds/index.ts'
import { deploymentController } from '../deployment/index.ts'
import { replicaSetController } from '../replicas/replicaset.ts'
import { makeWorld } from '../testing.ts'
import type { PodMetrics } from './calculator.ts'
import { horizontalPodAutoscalerController } from './index.ts'

const using = (cpuMillis: number, name = 'app') => ({ name, cpuMillis, memoryBytes: 0 })

function world(podMetrics: PodMetrics | undefined, spec: object = {}, replicas = 1, known: readonly KindDef[] = kinds) {
  const hpa = horizontalPodAutoscalerController({ kinds: () => known, podMetrics })
  const w = makeWorld({ controllers: [deploymentController, replicaSetController, hpa] })
  w.client.create(deploymentKind, {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'app', image: 'v1', resources: { requests: { cpu: '100m' } } }] },
      },
    },
  })
  w.client.create(hpaKind, {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
      ...spec,
    },
  })
  const replicasOf = () => w.client.get(deploymentKind, 'default', 'web').spec.replicas
  const status = () => w.client.get(hpaKind, 'default', 'web').status!
  const conditions = () => status().conditions!.map(c => `${c.type}=${c.status} ${c.reason}`)
  return { ...w, replicasOf, status, conditions }
}

describe('an autoscaler', () => {
  it('without a metrics server keeps to its minimum, and says what is missing', async () => {
    const w = world(undefined, { minReplicas: 2, maxReplicas: 4 })
    await w.clock.advance(40_000)
    expect(w.replicasOf()).toBe(2)
    expect(w.conditions()).toEqual([
      'AbleToScale=True SucceededGetScale',
      'ScalingActive=False FailedGetResourceMetric',
    ])
    expect(w.status()).toMatchObject({ currentReplicas: 2, desiredReplicas: 2 })
    expect(w.events('HorizontalPodAutoscaler')).toContain(
      'SuccessfulRescale x1: New size: 2; reason: Current number of replicas below Spec.MinReplicas',
    )
    expect(w.errors).toEqual([])
  })

  it('of a custom resource whose scale tells of no Pods says so', async () => {
    const scalePaths = { spec: '.spec.replicas', status: '.status.replicas' }
    const w = world(undefined, {}, 1, [{ ...deploymentKind, scalePaths } as unknown as KindDef])
    await w.clock.advance(20_000)
    expect(w.events('HorizontalPodAutoscaler').sort()).toEqual([
      'FailedComputeMetricsReplicas x1: selector is required',
      'SelectorRequired x1: selector is required',
    ])
    expect(w.status().conditions).toContainEqual(
      expect.objectContaining({
        type: 'ScalingActive',
        status: 'False',
        reason: 'InvalidSelector',
        message: "the HPA target's scale is missing a selector",
      }),
    )
  })

  it('grows with the load at once, and shrinks when it has been gone for five minutes', async () => {
    let load = 200
    const w = world(() => [using(load)])
    await w.clock.advance(600_000)
    expect(w.replicasOf()).toBe(10)
    load = 10
    await w.clock.advance(240_000)
    expect(w.replicasOf()).toBe(10)
    expect(w.conditions()).toContain('AbleToScale=True ScaleDownStabilized')
    await w.clock.advance(600_000)
    expect(w.replicasOf()).toBe(1)
    expect(w.errors).toEqual([])
  })

  it('stops where another means the same Pods, as soon as it knows of it, and goes on alone', async () => {
    const w = world(() => [using(90)], {}, 2)
    const { spec } = w.client.get(hpaKind, 'default', 'web')
    w.client.create(hpaKind, { metadata: { name: 'too', namespace: 'default' }, spec })
    await w.clock.advance(75_000)
    expect(w.replicasOf()).toBe(2)
    const why = 'pods by selector app=web are controlled by multiple HPAs: [default/web default/too]'
    expect(w.status().conditions).toContainEqual(
      expect.objectContaining({ type: 'ScalingActive', status: 'False', reason: 'AmbiguousSelector', message: why }),
    )
    expect(w.events('HorizontalPodAutoscaler')).toEqual(
      // The first to look saw nobody else yet: four times it, and five times the other.
      expect.arrayContaining([
        `AmbiguousSelector x4: ${why}`,
        `FailedComputeMetricsReplicas x4: ${why}`,
        `AmbiguousSelector x5: ${why}`,
        `FailedComputeMetricsReplicas x5: ${why}`,
      ]),
    )
    w.client.delete(hpaKind, 'default', 'too')
    await w.clock.advance(30_000)
    expect(w.replicasOf()).toBeGreaterThan(2)
    expect(w.errors).toEqual([])
  })

  it('takes on what the one before it has recommended, unless that was missed at a look', async () => {
    let load = 200
    const w = world(() => [using(load)])
    await w.clock.advance(600_000)
    load = 10
    const replace = async (gap: number): Promise<void> => {
      const { spec } = w.client.get(hpaKind, 'default', 'web')
      w.client.delete(hpaKind, 'default', 'web')
      await w.clock.advance(gap)
      w.client.create(hpaKind, { metadata: { name: 'web', namespace: 'default' }, spec })
      await w.clock.advance(40_000)
    }
    await replace(0)
    expect(w.replicasOf()).toBe(10)
    await replace(20_000)
    expect(w.replicasOf()).toBeLessThan(10)
  })

  it('leaves a load near its target alone', async () => {
    const w = world(() => [using(53)], {}, 3)
    await w.clock.advance(600_000)
    expect(w.replicasOf()).toBe(3)
    expect(w.status().currentMetrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', current: { averageValue: '53m', averageUtilization: 53 } } },
    ])
  })

  it('keeps to the pace of its behaviour', async () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } }
    const w = world(() => [using(500)], { behavior }, 1)
    const sizes: number[] = []
    for (let i = 0; i < 8; i++) {
      await w.clock.advance(60_000)
      sizes.push(w.replicasOf()!)
    }
    expect(Math.max(...sizes.slice(1).map((n, i) => n - sizes[i]!))).toBe(1)
    expect(sizes.at(-1)).toBeGreaterThan(3)
  })

  it('that looks at one container leaves the others out', async () => {
    const target = { type: 'Utilization', averageUtilization: 50 }
    const metrics = [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'app', target } }]
    const w = world(() => [using(75), using(1000, 'helper')], { metrics }, 2)
    await w.clock.advance(360_000)
    expect(w.replicasOf()).toBeGreaterThan(2)
    expect(w.status().currentMetrics).toEqual([
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'app', current: { averageValue: '75m', averageUtilization: 75 } },
      },
    ])
    expect(w.events('HorizontalPodAutoscaler').join()).toContain(
      'cpu container resource utilization (percentage of request) above target',
    )
    expect(w.errors).toEqual([])
  })

  it.each([
    [
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } } },
      'FailedGetPodsMetric',
      'unable to get metric rps: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
      'failed to get pods metric value: unable to get metric rps: ',
    ],
    [
      {
        type: 'Object',
        object: {
          metric: { name: 'rps' },
          describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' },
          target: { type: 'AverageValue', averageValue: '10' },
        },
      },
      'FailedGetObjectMetric',
      'unable to get metric rps: Ingress on default main/unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
      'failed to get object metric value: failed to get rps object metric: unable to get metric rps: ',
    ],
    [
      {
        type: 'External',
        external: {
          metric: { name: 'queue', selector: { matchLabels: { of: 'tasks' } } },
          target: { type: 'Value', value: '30' },
        },
      },
      'FailedGetExternalMetric',
      'unable to get external metric default/queue/&LabelSelector{MatchLabels:map[string]string{of: tasks,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: the server could not find the requested resource (get queue.external.metrics.k8s.io)',
      'failed to get queue external metric value: failed to get external metric queue: unable to get external metric ',
    ],
  ])('says what a source would need that is not there: %s', async (metric, reason, message, whole) => {
    const w = world(() => [using(500)], { metrics: [metric] }, 2)
    await w.clock.advance(40_000)
    expect(w.replicasOf()).toBe(2)
    expect(w.status().conditions!.find(c => c.type === 'ScalingActive')).toMatchObject({
      status: 'False',
      reason,
      message: `the HPA was unable to compute the replica count: ${message}`,
    })
    const events = w.events('HorizontalPodAutoscaler').join('\n')
    expect(events).toContain(`: ${message}`)
    expect(events).toContain(`invalid metrics (1 invalid out of 1), first error is: ${whole}`)
  })

  it('whose target is missing says so', async () => {
    const w = world(undefined, { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone' } })
    await w.clock.advance(14_999)
    expect(w.status().conditions).toBeUndefined()
    await w.clock.advance(1)
    expect(w.status().conditions![0]!.message).toBe(
      `the HPA controller was unable to get the target's current scale: deployments.apps "gone" not found`,
    )
  })
})
