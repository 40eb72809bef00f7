/** Quotas: what they count, and in which scope. */
import { deployment, type Scene } from './scene.ts'

export const quotas: Scene[] = [
  {
    name: 'quota-scopes',
    async play(s) {
      const quota = (name: string, spec: string) => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: ${name} }
spec: { ${spec} }`
      await s.make(quota('best', `hard: { pods: '5' }, scopes: [BestEffort]`))
      await s.make(
        quota(
          'not-best',
          `hard: { pods: '5', requests.memory: 1Gi, limits.cpu: '2', cpu: '3' }, scopes: [NotBestEffort]`,
        ),
      )
      await s.make(quota('term', `hard: { pods: '5' }, scopes: [Terminating]`))
      await s.make(
        quota(
          'prio',
          `hard: { pods: '5' }, scopeSelector: { matchExpressions: [{ scopeName: PriorityClass, operator: Exists }] }`,
        ),
      )
      await s.make(
        quota(
          'objects',
          `hard: { configmaps: '9', secrets: '9', services: '9', services.loadbalancers: '1', services.nodeports: '4', persistentvolumeclaims: '4', requests.storage: 5Gi, gold.storageclass.storage.k8s.io/requests.storage: 3Gi, count/deployments.apps: '3', count/pods: '100', requests.ephemeral-storage: 1Gi, replicationcontrollers: '3' }`,
        ),
      )
      await s.make(deployment('web', 2))
      await s.make(
        deployment('res', 1).replace(
          'name: main,',
          'name: main, resources: { requests: { cpu: 100m, memory: 64Mi, ephemeral-storage: 1Mi }, limits: { cpu: 200m } },',
        ),
      )
      await s.make(
        `
apiVersion: v1
kind: Pod
metadata: { name: term }
spec: { activeDeadlineSeconds: 100, restartPolicy: Never, containers: [{ name: main, image: ok }] }
---
apiVersion: v1
kind: Service
metadata: { name: lb }
spec: { type: LoadBalancer, ports: [{ port: 80 }, { port: 90, name: b }] }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: gold }
spec: { storageClassName: gold, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }`.replace(
          'ports: [{ port: 80 }',
          'ports: [{ port: 80, name: a }',
        ),
      )
      await s.settle(8)
      await s.snap('used')
      await s.delete('Deployment', 'web')
      await s.delete('Service', 'lb')
      await s.settle(6)
      await s.snap('freed')
    },
  },
]
