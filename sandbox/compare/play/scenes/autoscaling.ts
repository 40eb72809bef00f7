/** Autoscalers without metrics, and by hand. */
import { deployment, type Scene } from './scene.ts'

export const autoscaling: Scene[] = [
  {
    name: 'hpa',
    async play(s) {
      await s.make(deployment('web', 2).replace('name: main,', 'name: main, resources: { requests: { cpu: 100m } },'))
      await s.make(deployment('no', 2))
      const hpa = (name: string, target: string, spec: string) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }, maxReplicas: 5, ${spec} }`
      await s.make(
        hpa(
          'cpu',
          'web',
          'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }]',
        ),
      )
      await s.make(hpa('missing', 'nothing', 'minReplicas: 2'))
      await s.make(
        hpa(
          'pods',
          'no',
          'metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 1k } } }, { type: Object, object: { metric: { name: x }, describedObject: { kind: Service, name: s, apiVersion: v1 }, target: { type: Value, value: 3 } } }, { type: External, external: { metric: { name: q, selector: { matchLabels: { a: b } } }, target: { type: Value, value: 30 } } }, { type: ContainerResource, containerResource: { name: memory, container: main, target: { type: AverageValue, averageValue: 3Mi } } }]',
        ),
      )
      await s.settle(18)
      await s.snap('no metrics')
      await s.patch('HorizontalPodAutoscaler', 'cpu', { spec: { minReplicas: 3 } })
      await s.settle(18)
      await s.snap('at least three')
      await s.patch('Deployment', 'web', { spec: { replicas: 0 } })
      await s.settle(18)
      await s.snap('off')
    },
  },
  {
    name: 'hpa-rivals',
    async play(s) {
      await s.make(deployment('web', 2))
      for (const name of ['one', 'two'])
        await s.make(`
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }`)
      await s.settle(34)
      await s.snap('both')
    },
  },
]
