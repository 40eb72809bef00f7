/** Stories of Pods in trouble, lived by the real cluster, and what the workbench says of them in both languages. */
import { expect, test } from 'vitest'
import { createSession } from '../../../../sandbox/scenario/create.ts'
import { en } from '../../words/en.ts'
import { zh } from '../../words/zh.ts'
import { pullingPods } from '../picture/Picture.tsx'
import { findings } from './findings.ts'
import { refusalText } from './refusals.ts'

async function world(manifest: string, ms = 20_000) {
  const lesson = { id: 'x', manifests: { 'pod.yaml': manifest }, files: {}, settleMs: ms, exercises: [] }
  const session = await createSession({ seed: 'why', lesson })
  const look = (name: string, words = en) => {
    const view = session.view()
    const pod = view.pods.find(p => p.metadata.name === name)!
    return findings(pod, view, view.now, pullingPods(view).has(pod.metadata.uid), words.why)
  }
  const text = (name: string, words = en): string =>
    look(name, words)
      .map(f => f.text)
      .join('\n')
  return { session, look, text }
}

const pod = (spec: string, name = 'web'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n${spec.replace(/^/gm, '  ')}\n`

test('a Pod that no node takes: each node’s reason, with the numbers behind it', async () => {
  const { session, look } = await world(
    pod('containers:\n- {name: a, image: nginx, resources: {requests: {cpu: "64"}}}'),
  )
  const [found] = look('web')
  expect(found).toMatchObject({ text: 'The scheduler looked at all 3 nodes, and none would take it.', nodes: true })
  expect(found?.original).toContain('0/3 nodes are available')
  const view = session.view()
  const it = view.pods.find(p => p.metadata.name === 'web')!
  const answers = (await session.askNodes(it.metadata.uid)) ?? []
  const said = answers.map(({ node, reasons }) => [
    node,
    refusalText(reasons[0] ?? '', it, view.nodes.find(n => n.metadata.name === node)!, view, en.why),
  ])
  expect(said[0]).toEqual([
    'control-plane',
    'has the taint node-role.kubernetes.io/control-plane:NoSchedule, which the Pod does not tolerate',
  ])
  expect(said[1]?.[1]).toMatch(/^has not enough cpu: the Pod requests 64, and [\d.]+m? is left$/)
})

test('an image that does not exist, in both languages', async () => {
  const { text, look } = await world(pod('containers:\n- {name: a, image: ngnix}'))
  expect(text('web')).toContain('ngnix')
  expect(text('web', zh)).toMatch(/ngnix/)
  expect(look('web')[0]?.original).toContain('ngnix')
})

test('a missing ConfigMap', async () => {
  const { text } = await world(
    pod('containers:\n- {name: a, image: nginx, envFrom: [{configMapRef: {name: settings}}]}'),
  )
  expect(text('web')).toContain('Container a needs the ConfigMap settings, which does not exist.')
  expect(text('web', zh)).toContain('容器 a 要用的 ConfigMap settings 不存在')
})

test('a volume that waits for its Secret', async () => {
  const { text } = await world(
    pod(
      'containers:\n- {name: a, image: nginx, volumeMounts: [{name: keys, mountPath: /keys}]}\nvolumes:\n- {name: keys, secret: {secretName: tls}}',
    ),
  )
  expect(text('web')).toBe('The volume keys cannot be mounted: the Secret tls does not exist.')
})

test('a crash: how it ended, how long the kubelet waits, and when it will try again', async () => {
  const { look, text } = await world(
    pod('containers:\n- {name: a, image: busybox, command: [sh, -c, "exit 127"]}'),
    22_000,
  )
  expect(text('web')).toMatch(/^Container a has been restarted \d times?\. This is how it ended last:\nExit code 127/)
  expect(text('web')).toMatch(/^Container a has been restarted \d times?\. This is how it ended last:\nExit code 127/)
  const last = look('web').at(-1)
  expect(last?.text).toMatch(
    /this time at least \d+ seconds \(CrashLoopBackOff\)\. It will be started again in about \d+ seconds?\./,
  )
  expect(last?.until).toBeGreaterThan(0)
})

test('a container that ends well but should not end', async () => {
  const { text } = await world(pod('containers:\n- {name: a, image: busybox, command: ["true"]}'), 40_000)
  expect(text('web')).toContain('A service should not end by itself.')
})

test('a limit that was passed', async () => {
  const { text } = await world(
    pod(
      'containers:\n- {name: a, image: polinux/stress, command: [stress, --vm, "1", --vm-bytes, 250M, --vm-hang, "1"], resources: {limits: {memory: 100Mi}}}',
    ),
    40_000,
  )
  expect(text('web')).toContain('It used more memory than its limit of 100Mi')
})

test('a readiness probe that fails: what it asks, how often it failed, and in which words', async () => {
  const { look, text } = await world(
    pod(
      'containers:\n- {name: a, image: nginx, readinessProbe: {httpGet: {path: /ready, port: 80}, periodSeconds: 5}}',
    ),
  )
  expect(text('web')).toMatch(
    /fails its readiness probe \(GET :80\/ready every 5 s, failed after 3 in a row\).*\nIt failed \d+ times, last \d+ seconds? ago: the answer had the status 404, and only 200 to 399 are success\./s,
  )
  expect(look('web').at(-1)?.original).toBe('Readiness probe failed: HTTP probe failed with statuscode: 404')
})

test('a liveness probe that kills', async () => {
  const { text } = await world(
    pod(
      'containers:\n- {name: a, image: nginx, livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 1, failureThreshold: 1}}',
    ),
    90_000,
  )
  expect(text('web')).toMatch(/The liveness probe of container a \(TCP port 81 every 1 s.*kept failing/)
})

test('an init container that does not end', async () => {
  const { text } = await world(
    pod(
      'initContainers:\n- {name: one, image: busybox, command: ["true"]}\n- {name: two, image: busybox, command: [sleep, "900"]}\ncontainers:\n- {name: a, image: nginx}',
    ),
  )
  expect(text('web')).toContain('Init container two (2 of 2) has not finished.')
})

test('a node that is lost, and how long its Pods have', async () => {
  const { session, look, text } = await world(pod('containers:\n- {name: a, image: nginx}'))
  const node = session.view().pods.find(p => p.metadata.name === 'web')?.spec.nodeName
  await session.dispatch({ type: 'fault', command: `node stop ${node}` })
  await session.advance(90_000)
  expect(text('web')).toMatch(/^Nothing has been heard of node worker-\d for \d+ seconds\./)
  expect(look('web').at(-1)?.until).toBeGreaterThan(session.now)
})

test('a Pod that is going', async () => {
  const { session, text, look } = await world(pod('containers:\n- {name: a, image: busybox, command: [sleep, "900"]}'))
  session.openTerminal({ columns: 80, rows: 24 })
  await session.dispatch({ type: 'command', terminal: 0, line: 'kubectl delete pod web --wait=false' })
  await session.advance(2000)
  expect(text('web')).toMatch(/got SIGTERM, and 30 seconds later at the latest SIGKILL.*\nStill running: a\./)
  expect(look('web')[0]?.until).toBeGreaterThan(session.now)
})

test('an init container that fails again and again, and when it will be tried next', async () => {
  const { look, text } = await world(
    pod('initContainers:\n- {name: one, image: busybox, command: ["false"]}\ncontainers:\n- {name: a, image: nginx}'),
    30_000,
  )
  expect(text('web')).toMatch(
    /^Init container one keeps failing \(restarted 2 times\), and the containers after it wait/,
  )
  expect(look('web').at(-1)?.until).toBeGreaterThan(0)
})

test('a sidecar that holds up what comes after it', async () => {
  const { text } = await world(
    pod(
      'initContainers:\n- {name: s, image: redis, restartPolicy: Always, startupProbe: {tcpSocket: {port: 80}, periodSeconds: 3, failureThreshold: 60}}\ncontainers:\n- {name: a, image: nginx}',
    ),
  )
  expect(text('web')).toMatch(/^The sidecar s has not started yet, and what comes after it waits\./)
  expect(text('web', zh)).toContain('这个端口上没有程序在监听，连接被拒绝')
})

test('a claim without a volume: no node is to blame, and the reader is told what the claim lacks', async () => {
  const { look, text } = await world(
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n---\n${pod('containers:\n- {name: a, image: nginx}\nvolumes: [{name: d, persistentVolumeClaim: {claimName: data}}]')}`,
  )
  expect(look('web').some(f => f.nodes)).toBe(false)
  expect(text('web')).toContain('names no StorageClass, and the cluster has no default one')
  expect(text('web', zh)).toContain('PersistentVolumeClaim data 没有指定 StorageClass')
})

test('a Pod that was evicted for the node’s sake, and why it was chosen', async () => {
  const { session, text } = await world(pod('containers:\n- {name: a, image: nginx}'))
  const node = session.view().pods[0]?.spec.nodeName
  await session.dispatch({ type: 'fault', command: `node pressure ${node} memory` })
  await session.advance(30_000)
  expect(text('web', zh)).toContain('只剩 50Mi（内存）')
  expect(text('web')).toMatch(
    /had only 50Mi of memory left, less than the 100Mi .*\n.*container a used .* had requested 0/,
  )
})

test('a limit of the whole Pod', async () => {
  const { text } = await world(pod('activeDeadlineSeconds: 5\ncontainers:\n- {name: a, image: nginx}'))
  expect(text('web')).toBe('It ran longer than the 5 seconds of its activeDeadlineSeconds, and was ended.')
})

test('a kubelet that does not take what it is given', async () => {
  const { text } = await world(
    pod('nodeName: worker-1\ncontainers:\n- {name: a, image: nginx, resources: {requests: {cpu: "64"}}}'),
  )
  expect(text('web')).toContain('The node has not enough cpu: the Pod requests 64, and 4 is left.')
})

test('a Pod that is to go from a node that is lost', async () => {
  const { session, text } = await world(pod('containers:\n- {name: a, image: nginx}'))
  const node = session.view().pods[0]?.spec.nodeName
  await session.dispatch({ type: 'fault', command: `node stop ${node}` })
  await session.advance(450_000)
  expect(text('web')).toContain('nobody can confirm that its containers have stopped')
})

test('of a Pod that is well there is nothing to say', async () => {
  const { look } = await world(pod('containers:\n- {name: a, image: nginx}'))
  expect(look('web')).toEqual([])
})
