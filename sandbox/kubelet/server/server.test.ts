/** What a kubelet answers on its own port. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type TestNode, testNode } from '../testing.ts'
import { goNumber } from './exposition.ts'
import { nodeProxy } from './node-proxy.ts'

let node: TestNode
let proxy: ReturnType<typeof nodeProxy>
const ask = (path: string, method = 'GET') => {
  const { pathname, searchParams } = new URL(path, 'http://kubelet')
  return proxy.ask('node-1', '', { method, path: pathname, query: searchParams })
}
const json = (path: string) => JSON.parse(String(ask(path).body))

beforeAll(async () => {
  node = testNode()
  proxy = nodeProxy(name => (name === 'node-1' ? node.kubelet : undefined))
  await proxy.ownPort.load()
  await node.pass(1)
  node.run('web', {
    containers: [{ resources: { requests: { cpu: '1m' }, limits: { cpu: '5m', memory: '64Mi' } } }],
    volumes: [],
  })
  await node.pass(3)
  node.runtime.find('app').memoryBytes = 16 * 2 ** 20
})

describe('the port of a kubelet', () => {
  it('tells of its health', () => {
    expect(ask('/healthz')).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: 'ok' })
    expect(ask('/healthz/syncloop').body).toBe('ok')
    expect(ask('/healthz?verbose').body).toBe(
      '[+]ping ok\n[+]log ok\n[+]syncloop ok\n[+]device-plugin ok\nhealthz check passed\n',
    )
    expect(ask('/healthz/other').status).toBe(404)
  })

  it('tells of its Pods, as it knows them and as they run', () => {
    const { kind, items } = json('/pods')
    expect(kind).toBe('PodList')
    expect(items).toMatchObject([
      {
        metadata: { name: 'web', annotations: { 'kubernetes.io/config.source': 'api' } },
        status: { phase: 'Running' },
      },
    ])
    expect(items[0]).not.toHaveProperty('kind')
    expect(json('/runningpods/').items).toMatchObject([{ spec: { containers: [{ name: 'app' }] }, status: {} }])
  })

  it('sums up what is used, whole or cpu and memory alone', () => {
    const { node: whole, pods } = json('/stats/summary')
    expect(Object.keys(whole)).toEqual(['nodeName', 'systemContainers', 'startTime', 'cpu', 'memory', 'fs', 'runtime'])
    const [{ podRef, containers, ...pod }] = pods
    expect(podRef).toMatchObject({ name: 'web', namespace: 'default' })
    expect(containers[0].memory).toMatchObject({ workingSetBytes: 16 * 2 ** 20, availableBytes: 48 * 2 ** 20 })
    expect(Object.keys(pod)).toEqual(['startTime', 'cpu', 'memory', 'volume', 'ephemeral-storage'])
    const less = json('/stats/summary?only_cpu_and_memory=true')
    expect(Object.keys(less.node)).not.toContain('fs')
    expect(Object.keys(less.pods[0].containers[0])).toEqual(['name', 'startTime', 'cpu', 'memory'])
  })

  it('tells rates once it has looked twice', async () => {
    const cpu = () => json('/stats/summary').pods[0].containers[0].cpu
    expect(cpu()).not.toHaveProperty('usageNanoCores')
    await node.pass(15)
    expect(cpu().usageNanoCores).toBe(0)
  })

  it('gives a metrics server its figures', () => {
    const lines = String(ask('/metrics/resource').body).split('\n')
    const now = node.clock.now()
    expect(lines).toContain(
      `container_memory_working_set_bytes{container="app",namespace="default",pod="web"} 1.6777216e+07 ${now}`,
    )
    expect(lines).toContain('# TYPE pod_cpu_usage_seconds_total counter')
    expect(lines.at(-2)).toBe('resource_scrape_error 0')
    const all = String(ask('/metrics').body)
    expect(all).toContain('kubelet_running_containers{container_state="running"} 1')
    expect(all).not.toContain('container_state="exited"')
    expect([0, 0.5, 999999, 1e6, 1795778824.25].map(goNumber)).toEqual([
      '0',
      '0.5',
      '999999',
      '1e+06',
      '1.79577882425e+09',
    ])
  })

  it('tells what control groups use, and what they may use', () => {
    const lines = String(ask('/metrics/cadvisor').body).split('\n')
    const { uid } = node.get('web').metadata
    const group = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice`
    const ofPod = `container="",id="${group}",image="",name="",namespace="default",pod="web"`
    expect(lines).toContain(`container_memory_working_set_bytes{${ofPod}} 1.6777216e+07 ${node.clock.now()}`)
    expect(lines).toContain(`container_spec_memory_limit_bytes{${ofPod}} 6.7108864e+07`)
    // A limit may be smaller than what the kernel can hold anybody to.
    expect(lines).toContain(`container_spec_cpu_quota{${ofPod}} 1000`)
    const id = node.state('web').containerID!.split('//')[1]!
    const own = lines.find(line => line.startsWith('container_cpu_usage_seconds_total{container="app"'))
    expect(own).toContain(`,cpu="total",id="${group}/cri-containerd-${id}.scope",image="`)
    expect(lines.some(line => /^machine_cpu_cores\{boot_id="[-0-9a-f]+",.*\} 4$/.test(line))).toBe(true)
  })

  it('shows its settings, and the folder of logs', () => {
    expect(json('/configz').kubeletconfig).toMatchObject({
      syncFrequency: '1m0s',
      clusterDNS: ['10.96.0.10'],
      maxPods: 110,
    })
    const head = '<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n'
    expect(ask('/logs/').body).toBe(`${head}<a href="pods/">pods/</a>\n</pre>\n`)
    expect(ask('/logs/pods')).toMatchObject({ status: 301, location: 'pods/' })
    expect(ask('/logs/nosuch').status).toBe(404)
    expect(ask('/logs/%zz').status).toBe(404)
    expect(ask('/logs/..%2f..%2fetc/hostname').status, 'and nothing beside it').toBe(404)
  })

  it('says what it does not find, and refuses what is not simulated', () => {
    expect(ask('/containerLogs/default/nope/app').body).toBe('pod "nope" does not exist')
    expect(ask('/containerLogs/default/web/nope').body).toBe('container "nope" not found in pod "web"')
    const logs = (query: string) => ask(`/containerLogs/default/web/app?${query}`)
    expect(logs('tailLines=x')).toMatchObject({ status: 400, body: '{"message": "Unable to decode query."}' })
    expect(logs('tailLines=-1')).toMatchObject({ status: 422, body: '{"message": "Invalid request."}' })
    expect(logs('previous=true')).toMatchObject({
      status: 400,
      body: 'previous terminated container "app" in pod "web" not found',
    })
    expect(ask('/nosuch')).toMatchObject({ status: 404, body: '404 page not found\n' })
    expect(ask('/pods', 'POST').status).toBe(405)
    expect(() => ask('/metrics/probes')).toThrow('not simulated: /metrics/probes of a kubelet')
    expect(() => ask('/run/default/web/app', 'POST')).toThrow('not simulated')
  })

  it('is found where the node is, at one port', () => {
    const healthz = { method: 'GET', path: '/healthz', query: new URLSearchParams() }
    expect(proxy.ask('node-1', '10250', healthz).body).toBe('ok')
    expect(() => proxy.ask('node-1', '99', healthz)).toThrow(
      'error trying to reach service: dial tcp 192.168.49.2:99: connect: connection refused',
    )
    expect(() => proxy.ask('node-9', '', healthz)).toThrow('nodes "node-9" not found')
  })
})
