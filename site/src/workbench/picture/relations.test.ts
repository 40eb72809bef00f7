/** Relations between objects in the picture. */
import { expect, test } from 'vitest'
import { createSession } from '../../../../sandbox/scenario/create.ts'
import { counts, getsTraffic, ownersOf, podsOf, reaches, topmost } from './relations.ts'
import { amount, sharesOf } from './resources.ts'

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers: [{name: a, image: nginx, resources: {requests: {cpu: 250m, memory: 64Mi}}}]
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80}]}
`

test('a Deployment, its ReplicaSet, their Pods, the Service in front, and what they ask of the nodes', async () => {
  const lesson = { id: 'x', manifests: { 'a.yaml': manifest }, files: {}, settleMs: 20_000, exercises: [] }
  const view = (await createSession({ seed: 'relations', lesson })).view()
  const own = topmost(view.workloads).filter(w => w.metadata.namespace === 'default')
  expect(own.map(w => `${w.kind} ${w.metadata.name}`)).toEqual(['Deployment api'])
  const pods = podsOf(own[0]!, view)
  expect(pods).toHaveLength(3)
  expect(ownersOf(pods[0]!, view.workloads).map(w => w.kind)).toEqual(['ReplicaSet', 'Deployment'])
  expect(counts(own[0]!)).toEqual({ wanted: 3, achieved: 3 })
  const service = view.services.find(s => s.metadata.name === 'api')!
  expect(
    view.pods
      .filter(p => reaches(service, p))
      .map(p => p.metadata.uid)
      .sort(),
  ).toEqual(pods.map(p => p.metadata.uid).sort())
  expect(pods.every(getsTraffic)).toBe(true)
  const node = view.nodes.find(n => n.metadata.name === pods[0]!.spec.nodeName)!
  const here = pods.filter(p => p.spec.nodeName === node.metadata.name)
  const [cpu, memory, count] = sharesOf(node, here)
  expect(cpu).toMatchObject({ asked: 250 * here.length })
  expect(memory).toMatchObject({ asked: 64 * 1024 ** 2 * here.length })
  expect(count).toMatchObject({ asked: here.length, of: 110 })
})

test.each([
  ['cpu', 4000, '4'],
  ['cpu', 250, '250m'],
  ['cpu', 1500, '1.5'],
  ['memory', 64 * 1024 ** 2, '64Mi'],
  ['memory', 7.84 * 1024 ** 3, '7.8Gi'],
  ['pods', 110, '110'],
])('%s %d reads %s', (name, value, text) => {
  expect(amount(name, value)).toBe(text)
})
