/** Budgets of disruptions, and evictions that ask them. */
import { deployment, type Scene } from './scene.ts'

export const disruption: Scene[] = [
  {
    name: 'pdb',
    async play(s) {
      await s.make(deployment('web', 3))
      await s.make(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: min }
spec: { minAvailable: 2, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: percent }
spec: { maxUnavailable: 50%, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: none }
spec: { maxUnavailable: 0, selector: { matchLabels: { app: none } } }
---
apiVersion: v1
kind: Pod
metadata: { name: bare, labels: { app: bare } }
spec: { containers: [{ name: main, image: run }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: bare } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare2 }
spec: { minAvailable: 1, selector: { matchLabels: { app: bare } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare3 }
spec: { minAvailable: 50%, selector: { matchLabels: { app: bare } } }
---
apiVersion: v1
kind: Pod
metadata: { name: strange, labels: { app: strange }, ownerReferences: [{ apiVersion: v1, kind: ConfigMap, name: cm, uid: b5a5a3ec-0000-4000-8000-000000000001, controller: true }] }
spec: { containers: [{ name: main, image: run }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: strange }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: strange } } }`)
      await s.settle(5)
      await s.snap('made')
      const evict = async (name: string) => {
        const { code, body } = await s.call('POST', `${s.path('Pod', name)}/eviction`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name },
        })
        s.note('evictions', { kind: 'Eviction', metadata: { name: String(s.seen.evictions?.length ?? 0) }, code, body })
      }
      await s.delete('PodDisruptionBudget', 'percent')
      const pods = (await s.list('Pod', '?labelSelector=app=web')).map(p => p.metadata.name).sort()
      await evict(pods[0])
      await evict(pods[1])
      await evict('bare')
      await s.settle(4)
      await s.snap('evicted')
      await s.fate('app=web', 'unready')
      await s.patch('PodDisruptionBudget', 'min', { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } })
      await s.settle(3)
      await s.snap('unhealthy')
      await evict((await s.list('Pod', '?labelSelector=app=web'))[0].metadata.name)
    },
  },
]
