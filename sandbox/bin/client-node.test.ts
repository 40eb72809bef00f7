/** The official JavaScript client against a cluster on a port: informers, watches, patches, logs, exec, port-forward. */
import { PassThrough, Writable } from 'node:stream'
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  Exec,
  KubeConfig,
  Log,
  makeInformer,
  PatchStrategy,
  PortForward,
  setHeaderOptions,
  type V1Pod,
  type V1Status,
  Watch,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCluster } from '../cluster.ts'
import { type Serving, serve } from '../http/node/node.ts'

const { clock, api } = createCluster({ seed: 'client-node', nodes: ['node-1'] })
const config = new KubeConfig()
let serving: Serving
let core: CoreV1Api
let apps: AppsV1Api

/** Requests travel in real time, the cluster lives in its own: both go on until what is awaited has come. */
async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (let i = 0; i < 400; i++) {
    await clock.advance(100)
    await new Promise(resolve => setImmediate(resolve))
    const found = await look()
    if (found) return found
  }
  throw new Error('never came')
}

const collector = () => {
  const seen = { text: '' }
  const stream = new Writable({
    write(chunk, _encoding, done) {
      seen.text += String(chunk)
      done()
    },
  })
  return { seen, stream }
}

const pod = (name: string, image = 'nginx:1.25'): V1Pod => ({
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'app', image }] },
})
const namespace = 'default'
const teller = {
  containers: [{ name: 'app', image: 'busybox:1.37', command: ['sh', '-c', 'echo alive; sleep 1000'] }],
}
const ready = (name: string) =>
  until(async () => {
    const found = await core.readNamespacedPod({ name, namespace })
    return found.status?.conditions?.some(c => c.type === 'Ready' && c.status === 'True') && found
  })

beforeAll(async () => {
  serving = await serve({ api, port: 0, onActivity: () => void clock.advance(0) })
  config.loadFromOptions({
    clusters: [{ name: 'podlab', server: `http://127.0.0.1:${serving.port}`, skipTLSVerify: true }],
    users: [{ name: 'admin' }],
    contexts: [{ name: 'podlab', cluster: 'podlab', user: 'admin' }],
    currentContext: 'podlab',
  })
  core = config.makeApiClient(CoreV1Api)
  apps = config.makeApiClient(AppsV1Api)
  await clock.advance(3000)
})
afterAll(() => serving.close())

describe('@kubernetes/client-node', () => {
  it('keeps an informer in step, whatever happens', async () => {
    const list = () => core.listNamespacedPod({ namespace })
    const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/pods`, list)
    const told: string[] = []
    for (const verb of ['add', 'delete'] as const) informer.on(verb, p => void told.push(`${verb} ${p.metadata?.name}`))
    await core.createNamespacedPod({ namespace, body: pod('first') })
    await informer.start()
    await core.createNamespacedPod({ namespace, body: pod('second') })
    await until(() => told.includes('add second'))
    await until(() => informer.get('first', namespace)?.status?.phase === 'Running')
    await core.deleteNamespacedPod({ namespace, name: 'second', gracePeriodSeconds: 0 })
    await until(() => told.includes('delete second'))
    expect(told).toEqual(['add first', 'add second', 'delete second'])
    expect(informer.list().map(p => p.metadata?.name)).toEqual(['first'])
    await informer.stop()
  })

  it('watches from a revision on, with bookmarks', async () => {
    const { metadata } = await core.listNamespacedConfigMap({ namespace })
    const seen: string[] = []
    const controller = await new Watch(config).watch(
      `/api/v1/namespaces/${namespace}/configmaps`,
      { resourceVersion: metadata?.resourceVersion ?? '', allowWatchBookmarks: true },
      (type, object) => void seen.push(`${type} ${object.metadata.name ?? ''}`),
      () => {},
    )
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'settings' }, data: { a: '1' } } })
    await until(() => seen.includes('ADDED settings'))
    await clock.advance(61_000)
    await until(() => seen.some(s => s.startsWith('BOOKMARK')))
    controller.abort()
  })

  it('patches in every way, and is told of conflicts', async () => {
    const name = 'settings'
    const patch = (body: object, strategy: string) =>
      core.patchNamespacedConfigMap(
        { namespace, name, body, fieldManager: 'tests' },
        setHeaderOptions('Content-Type', strategy),
      )
    await patch({ data: { b: '2' } }, PatchStrategy.MergePatch)
    await patch([{ op: 'remove', path: '/data/a' }], PatchStrategy.JsonPatch)
    await patch({ data: { c: '3' } }, PatchStrategy.StrategicMergePatch)
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { d: '4' } }
    const applied = await patch(body, PatchStrategy.ServerSideApply)
    expect(applied.data).toEqual({ b: '2', c: '3', d: '4' })
    const stale = { ...applied, metadata: { ...applied.metadata, resourceVersion: '1' } }
    const refused = core.replaceNamespacedConfigMap({ namespace, name, body: stale })
    await expect(refused).rejects.toSatisfy(e => e instanceof ApiException && e.code === 409)
  })

  it('reads logs, runs commands and forwards ports', async () => {
    await ready('first')
    const out = collector()
    const err = collector()
    let status: V1Status | undefined
    const command = ['sh', '-c', 'cat; echo oops >&2; exit 3']
    const stdin = new PassThrough()
    stdin.end('typed\n')
    await new Exec(config).exec(namespace, 'first', 'app', command, out.stream, err.stream, stdin, false, s => {
      status = s
    })
    await until(() => status)
    expect([out.seen.text, err.seen.text]).toEqual(['typed\n', 'oops\n'])
    expect(status).toMatchObject({ status: 'Failure', reason: 'NonZeroExitCode' })

    await core.createNamespacedPod({ namespace, body: pod('waiting', 'nginx:no-such-tag') })
    const nothing = collector().stream
    // The node refuses before anything is upgraded.
    const early = new Exec(config).exec(namespace, 'waiting', 'app', ['true'], nothing, nothing, null, false)
    await expect(early).rejects.toMatchObject({ message: 'Unexpected server response: 500' })

    const answer = collector()
    const request = new PassThrough()
    await new PortForward(config).portForward(namespace, 'first', [80], answer.stream, null, request)
    request.write('GET /nothing-here HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n')
    await until(() => answer.seen.text.includes('404 Not Found'))

    const log = collector()
    await new Log(config).log(namespace, 'first', 'app', log.stream, { tailLines: 5 })
    await until(() => log.seen.text.includes('GET /nothing-here'))
  })

  it('reaches Pods and Services through the proxy', async () => {
    await core.createNamespacedService({
      namespace,
      body: {
        metadata: { name: 'front' },
        spec: { selector: { app: 'first' }, ports: [{ port: 8080, targetPort: 80 }] },
      },
    })
    await clock.advance(2000)
    const asked = (work: Promise<unknown>) => {
      let answer: unknown
      work.then(
        value => (answer = value),
        error => (answer = error),
      )
      return until(() => answer)
    }
    expect(await asked(core.connectGetNamespacedPodProxyWithPath({ namespace, name: 'first:80', path: '' }))).toContain(
      'Welcome to nginx!',
    )
    const path = 'nothing'
    const missing = await asked(core.connectGetNamespacedServiceProxyWithPath({ namespace, name: 'front', path }))
    expect(missing).toMatchObject({ code: 404 })
    const refused = await asked(core.connectGetNamespacedPodProxyWithPath({ namespace, name: 'first:81', path }))
    expect(String(refused)).toMatch(/error trying to reach service: dial tcp [\d.]+:81: connect: connection refused/)
  })

  it('scales a Deployment', async () => {
    const body = {
      metadata: { name: 'web' },
      spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: pod('web') as { metadata: object } },
    }
    await apps.createNamespacedDeployment({ namespace, body })
    const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'web' })
    scale.spec = { replicas: 3 }
    await apps.replaceNamespacedDeploymentScale({ namespace, name: 'web', body: scale })
    const read = () => apps.readNamespacedDeployment({ namespace, name: 'web' })
    await until(async () => (await read()).status?.readyReplicas === 3)
  })

  it('gives a log and a watch on a WebSocket to who asks for them so', async () => {
    const body = { metadata: { name: 'teller' }, spec: teller }
    await core.createNamespacedPod({ namespace, body })
    await until(async () => (await core.readNamespacedPod({ namespace, name: 'teller' })).status?.phase === 'Running')
    const heard = async (path: string, protocol?: string): Promise<string[]> => {
      const socket = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`, protocol)
      const messages: string[] = []
      let closed = false
      socket.onmessage = async ({ data }) =>
        messages.push(typeof data === 'string' ? data : await (data as Blob).text())
      socket.onclose = () => {
        closed = true
      }
      await until(() => closed || messages.some(m => m.includes('"ADDED"')))
      socket.close()
      return messages
    }
    const log = `/api/v1/namespaces/${namespace}/pods/teller/log`
    expect((await heard(log, 'binary.k8s.io')).join('')).toBe('alive\n')
    expect((await heard(log, 'base64.binary.k8s.io')).map(m => atob(m)).join('')).toBe('alive\n')
    const watch = await heard(`/api/v1/namespaces/${namespace}/pods?watch=1&fieldSelector=metadata.name%3Dteller`)
    expect(JSON.parse(watch[0]!)).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'teller' } } })
    const refused = fetch(`http://127.0.0.1:${serving.port}${log}x`)
    expect((await refused).status).toBe(404)
  })

  it.each([
    ['v5.channel.k8s.io', false, '{"metadata":{},"status":"Success"}'],
    ['channel.k8s.io', false, ''],
    ['base64.channel.k8s.io', true, ''],
  ])('runs commands over %s', async (protocol, inLetters, ending) => {
    const path = `/api/v1/namespaces/${namespace}/pods/teller/exec?command=echo&command=hello&stdout=1`
    const socket = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`, protocol)
    socket.binaryType = 'arraybuffer'
    const heard: Record<string, string> = {}
    let closed = false
    socket.onmessage = ({ data }) => {
      const message = typeof data === 'string' ? data : String.fromCharCode(...new Uint8Array(data as ArrayBuffer))
      const channel = inLetters ? message[0]! : String(message.charCodeAt(0))
      const payload = inLetters ? atob(message.slice(1)) : message.slice(1)
      heard[channel] = (heard[channel] ?? '') + payload
    }
    socket.onclose = () => {
      closed = true
    }
    await until(() => closed)
    expect([heard['1'], heard['3'] ?? '']).toEqual(['hello\n', ending])
  })
})
