import { describe, expect, it } from 'vitest'
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { horizontalPodAutoscaler as hpaKind } from '../../api/kinds/horizontalpodautoscaler/index.ts'
import { kinds } from '../../api/kinds/index.ts'
import { deploymentController } from '../deployment/index.ts'
import { replicaSetController } from '../replicaset.ts'
import { makeWorld } from '../testing.ts'
import type { PodMetrics } from './calculator.ts'
import { horizontalPodAutoscalerController } from './index.ts'

function world(podMetrics: PodMetrics | undefined, spec: object = {}, replicas = 1) {
  const hpa = horizontalPodAutoscalerController({ kinds: () => kinds, podMetrics })
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
  } as never)
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
  } as never)
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

  it('grows with the load at once, and shrinks when it has been gone for five minutes', async () => {
    let load = 200
    const w = world(() => ({ cpuMillis: load, memoryBytes: 0 }))
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

  it('leaves a load near its target alone', async () => {
    const w = world(() => ({ cpuMillis: 53, memoryBytes: 0 }), {}, 3)
    await w.clock.advance(600_000)
    expect(w.replicasOf()).toBe(3)
    expect(w.status().currentMetrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', current: { averageValue: '53m', averageUtilization: 53 } } },
    ])
  })

  it('keeps to the pace of its behaviour', async () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } }
    const w = world(() => ({ cpuMillis: 500, memoryBytes: 0 }), { behavior }, 1)
    const sizes: number[] = []
    for (let i = 0; i < 8; i++) {
      await w.clock.advance(60_000)
      sizes.push(w.replicasOf()!)
    }
    expect(Math.max(...sizes.slice(1).map((n, i) => n - sizes[i]!))).toBe(1)
    expect(sizes.at(-1)).toBeGreaterThan(3)
  })

  it('whose target is missing says so', async () => {
    const w = world(undefined, { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone' } })
    await w.clock.settle()
    expect(w.status().conditions![0]!.message).toBe(
      `the HPA controller was unable to get the target's current scale: deployments.apps "gone" not found`,
    )
  })
})
