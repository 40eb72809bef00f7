/** Programs that look after a cluster from within it. */
import { expect, it } from 'vitest'
import { createSession } from '../../scenario/create.ts'

/** A session with what it runs at its prompt. */
async function session() {
  const world = await createSession({ seed: 'addons' })
  const run = async (line: string): Promise<string> => {
    let said = ''
    const process = world.workstation.run(line, data => (said += data))
    await world.cluster.clock.settle()
    while (!process.ended()) await world.advance(100)
    return said
  }
  return { world, run, file: (name: string, text: string) => world.workstation.home.write(name, text) }
}

const account = (name: string, rules: string): string => `apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${name}}
rules:
${rules}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ${name}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name}}
subjects: [{kind: ServiceAccount, name: ${name}, namespace: default}]
---
`

it('cluster-proportional-autoscaler keeps as many replicas as the nodes want', async () => {
  const { world, run, file } = await session()
  const params = '{"linear":{"nodesPerReplica":1,"preventSinglePointFailure":true}}'
  file(
    'cpa.yaml',
    `${account('cpa', '- {apiGroups: [""], resources: [nodes], verbs: [list]}\n- {apiGroups: [apps], resources: [deployments/scale], verbs: [get, update]}\n- {apiGroups: [""], resources: [configmaps], verbs: [get, create]}')}apiVersion: v1
kind: Pod
metadata: {name: cpa}
spec:
  serviceAccountName: cpa
  containers:
  - name: autoscaler
    image: registry.k8s.io/cpa/cluster-proportional-autoscaler:v1.8.9
    command: [/cluster-proportional-autoscaler, --namespace=default, --configmap=cpa, --target=deployment/web, '--default-params=${params}']
`,
  )
  await run('kubectl create deployment web --image=nginx; kubectl apply -f cpa.yaml')
  await world.advance(30_000)
  const nodes = Number(await run('kubectl get nodes -o name | wc -l'))
  expect(nodes).toBeGreaterThan(1)
  expect(await run('kubectl get deployment web -o jsonpath={.spec.replicas}')).toBe(String(nodes))
  expect(await run('kubectl logs cpa')).toContain(
    `Replicas are not as expected : updating replicas from 1 to ${nodes}\n`,
  )
  // Another wish in the ConfigMap is heeded at the next look.
  await run(`kubectl patch cm cpa -p '{"data":{"linear":"{\\"nodesPerReplica\\":1,\\"min\\":5}"}}'`)
  await world.advance(15_000)
  expect(await run('kubectl get deployment web -o jsonpath={.spec.replicas}')).toBe('5')
})

it('node-problem-detector makes Events and conditions of what the kernel log says', async () => {
  const { world, run, file } = await session()
  file(
    'npd.yaml',
    `${account('npd', '- {apiGroups: [""], resources: [nodes/status], verbs: [patch]}\n- {apiGroups: [""], resources: [events], verbs: [create]}')}apiVersion: v1
kind: Pod
metadata: {name: npd}
spec:
  serviceAccountName: npd
  containers:
  - name: npd
    image: registry.k8s.io/node-problem-detector/node-problem-detector:v0.8.19
    env: [{name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
    volumeMounts: [{name: log, mountPath: /log}]
  volumes: [{name: log, hostPath: {path: /var/log/}}]
`,
  )
  await run('kubectl apply -f npd.yaml')
  await world.advance(20_000)
  const condition = `kubectl get node $(kubectl get pod npd -o jsonpath={.spec.nodeName}) -o jsonpath='{.status.conditions[?(@.type=="KernelDeadlock")].reason}'`
  expect(await run(condition)).toBe('KernelHasNoDeadlock')
  await run(
    `kubectl exec npd -- sh -c 'echo "kernel: BUG: unable to handle kernel NULL pointer dereference at TESTING" >> /log/kern.log; echo "kernel: INFO: task docker:7 blocked for more than 120 seconds." >> /log/kern.log'`,
  )
  await world.advance(5000)
  expect(await run('kubectl get events --field-selector reason=KernelOops -o jsonpath={.items[0].message}')).toBe(
    'BUG: unable to handle kernel NULL pointer dereference at TESTING',
  )
  expect(await run(condition)).toBe('DockerHung')
})

it('event-exporter tells the Events of the cluster', async () => {
  const { world, run, file } = await session()
  file(
    'ee.yaml',
    `${account('ee', '- {apiGroups: [""], resources: [events], verbs: [list, watch]}')}apiVersion: v1
kind: Pod
metadata: {name: ee}
spec:
  serviceAccountName: ee
  containers: [{name: ee, image: 'registry.k8s.io/event-exporter:v0.2.3', command: [/event-exporter]}]
`,
  )
  await run('kubectl apply -f ee.yaml')
  await world.advance(10_000)
  await run('kubectl run lost --image=nobody/nothing')
  await world.advance(10_000)
  const told = (await run('kubectl logs ee'))
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
  expect(told.find(({ jsonPayload }) => jsonPayload.reason === 'Failed')).toMatchObject({
    severity: 'WARNING',
    jsonPayload: { involvedObject: { kind: 'Pod', name: 'lost' } },
  })
})
