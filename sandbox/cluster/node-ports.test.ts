/** Stories of the ports at which a node's daemons are asked, from a Pod on the node's network and from one that is not. */
import { describe, expect, it } from 'vitest'
import { endpointSlice } from '../api/kinds/endpointslice.ts'
import { event } from '../api/kinds/event.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { service } from '../api/kinds/service/index.ts'
import { AGNHOST, type World, world } from './testing.ts'

const POD = { containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }] }
const TEXT = /HTTP\/1.1 (\d+) [^\r]*\r\n.*\r\n\r\n(.*)$/s

async function onNode(): Promise<{ w: World; get: (url: string, from?: string) => Promise<string> }> {
  const w = await world({ nodes: ['node-1', 'node-2'] })
  await w.run('host', { ...POD, nodeName: 'node-1', hostNetwork: true })
  await w.run('pod', { ...POD, nodeName: 'node-1' })
  const get = async (url: string, from = 'host'): Promise<string> => {
    const { code, out } = await w.exec(from, `curl -ski ${url}`)
    const [, status, body] = TEXT.exec(out) ?? []
    return code ? `exit ${code}` : `${status} ${body}`
  }
  return { w, get }
}

describe('the kubelet', () => {
  it('tells of its health on the node alone', async () => {
    const { w, get } = await onNode()
    expect(await get('127.0.0.1:10248/healthz')).toBe('200 ok')
    expect(await get('127.0.0.1:10248/healthz?verbose')).toBe('200 [+]ping ok\nhealthz check passed\n')
    expect(await get('127.0.0.1:10248/')).toBe('404 404 page not found\n')
    expect(await get(`${w.pod('pod').status.hostIP}:10248/healthz`, 'pod')).toBe('exit 7')
  })

  it('answers nobody without credentials, and is silent once it has stopped', async () => {
    const { w, get } = await onNode()
    const at = `https://${w.pod('pod').status.hostIP}:10250/pods`
    expect(await get(at, 'pod')).toBe('401 Unauthorized')
    expect(await get(`-H "Authorization: Bearer x" ${at}`)).toMatch(/^501 not simulated/)
    await w.run('far', { ...POD, nodeName: 'node-2' })
    expect(await get(at, 'far')).toBe('401 Unauthorized')
    const kubelet = w.cluster.kubelets.get('node-1')!
    kubelet.stop()
    expect(await get(at, 'far')).toBe('exit 7')
    kubelet.start()
    expect(await get(at, 'far')).toBe('401 Unauthorized')
  })
})

describe('kube-proxy', () => {
  it('tells of its mode and its health', async () => {
    const { w, get } = await onNode()
    expect(await get('127.0.0.1:10249/proxyMode')).toBe('200 iptables')
    const [, body = ''] = /^200 (.*)$/.exec(await get(`${w.pod('pod').status.hostIP}:10256/healthz`, 'pod')) ?? []
    expect(JSON.parse(body)).toMatchObject({ nodeEligible: true, healthy: true, status: { IPv4: { healthy: true } } })
  })

  it('tells load balancers on which nodes a Service has Pods', async () => {
    const { w, get } = await onNode()
    const { client } = w.cluster
    const { spec } = client.create(service, {
      metadata: { name: 'web', namespace: 'default' },
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] },
    })
    client.create(endpointSlice, {
      metadata: { name: 'web-x', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.244.0.9'], nodeName: 'node-2' }],
    })
    const at = (name: string) => `${client.get(service, 'default', name).spec.healthCheckNodePort}/healthz`
    const said = (count: number): string =>
      `{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": ${count},\n\t"serviceProxyHealthy": true\n}`
    expect(await get(`127.0.0.1:${at('web')}`)).toBe(`503 ${said(0)}`)
    await w.run('other', { ...POD, nodeName: 'node-2', hostNetwork: true })
    expect(await get(`127.0.0.1:${at('web')}`, 'other')).toBe(`200 ${said(1)}`)
    client.patch(service, 'default', 'web', { spec: { externalTrafficPolicy: 'Cluster' } })
    expect(await get(`127.0.0.1:${spec.healthCheckNodePort}/`)).toBe('exit 7')
  })
  it('leaves a port that a Pod has on the node to the Pod, and tells of it', async () => {
    const { w, get } = await onNode()
    const { client, clock } = w.cluster
    const args = ['netexec', '--http-port=31999', '--udp-port=-1']
    await w.run('taken', {
      containers: [{ name: 'main', image: AGNHOST, args }],
      nodeName: 'node-1',
      hostNetwork: true,
    })
    client.create(service, {
      metadata: { name: 'web', namespace: 'default' },
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31999, ports: [{ port: 80 }] },
    })
    await clock.settle()
    const told = client.list(event, {}).filter(e => e.involvedObject.kind === 'Service')
    expect(told).toMatchObject([
      {
        type: 'Warning',
        reason: 'FailedToStartServiceHealthcheck',
        message:
          'node node-1 failed to start healthcheck "default/web" on port 31999: listen tcp4 0.0.0.0:31999: bind: address already in use',
        reportingInstance: 'kube-proxy-node-1',
      },
    ])
    expect(await get('127.0.0.1:31999/')).toMatch(/^200 NOW/)
    client.delete(pod, 'default', 'taken', { gracePeriodSeconds: 0 })
    await clock.advance(3000)
    client.patch(service, 'default', 'web', { metadata: { labels: { a: 'b' } } })
    expect(await get('127.0.0.1:31999/')).toMatch(/^503 /)
  })
})
