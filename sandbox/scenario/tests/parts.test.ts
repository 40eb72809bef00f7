/** Loading parts early or late never changes a history. */
import { expect, test, vi } from 'vitest'

const MANIFEST = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: redis, image: redis:7, volumeMounts: [{name: data, mountPath: /data}]}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: busybox, command: [sleep, '1000']}]}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /tmp/disk}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow}
provisioner: kubernetes.io/no-provisioner
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: Container, default: {memory: 64Mi}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: nobody}
spec: {podSelector: {matchLabels: {app: nothing}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: {size: {type: integer}}
            x-kubernetes-validations: [{rule: self.size < 10}]
`

const LINES = [
  'kubectl create deployment web --image=nginx:1.25 --replicas=2',
  'kubectl expose deployment web --port=80 --type=NodePort',
  'kubectl apply -f all.yaml',
  `echo '{"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": {"size": 3}}' | kubectl create -f -`,
  "kubectl create job once --image=busybox -- sh -c 'echo hi'",
  "kubectl create cronjob tick --image=busybox --schedule='* * * * *' -- date",
  'kubectl autoscale deployment web --min=2 --max=3 --cpu-percent=50',
  'kubectl create quota q --hard=pods=30',
  'kubectl create poddisruptionbudget budget --selector=app=web --min-available=1',
  'kubectl create ingress way --rule=example.com/=web:80',
  'kubectl create clusterrole reader --verb=get --resource=pods',
  'kubectl delete clusterrole system:aggregate-to-view',
  'kubectl create secret generic s --from-literal=a=b',
  'kubectl create namespace other',
  'kubectl set image deployment/web nginx=nginx:1.27',
  'kubectl label node worker-1 disk=ssd',
  'kubectl drain worker-2 --ignore-daemonsets --force --delete-emptydir-data',
  'kubectl delete namespace other',
  'kubectl exec deployment/web -- nginx -v',
  'kubectl logs job/once',
  'podlab node stop worker-1',
  'kubectl get all,pv,pvc,widgets -A -o wide',
  'kubectl delete deployment web',
]

/** The same session in a world of modules of its own. */
async function history(preload: boolean): Promise<string> {
  vi.resetModules()
  const { createSession } = await import('../create.ts')
  const { workloads } = await import('../../api/kinds/validation/parts.ts')
  if (preload) await (await import('../../parts.ts')).loadAll()
  else expect(() => workloads.now).toThrow('must be loaded')
  const session = await createSession({ seed: 'parts' })
  await session.dispatch({ type: 'file', path: 'all.yaml', text: MANIFEST })
  const terminal = session.openTerminal({ columns: 200, rows: 50 })
  let printed = ''
  session.onOutput((_, data) => void (printed += data))
  for (const line of LINES) {
    await session.dispatch({ type: 'command', terminal, line })
    await session.advance(8_000)
  }
  await session.advance(120_000)
  return `${session.hash()}\n${printed}`
}

test('a session that loads parts as it goes has the history of one that has them all', async () => {
  const complaints = vi.spyOn(console, 'error')
  const lazy = await history(false)
  expect(await history(true)).toBe(lazy)
  expect(complaints).not.toHaveBeenCalled()
  for (const told of ['widget.example.com/w', 'persistentvolume/disk', 'pod/db-1', 'job.batch/tick-', 'nginx/1.27'])
    expect(lazy).toContain(told)
}, 60_000)
