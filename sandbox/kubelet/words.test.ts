/** The texts of a kubelet's events in rare cases. */
import { describe, expect, it } from 'vitest'
import { resolvConf } from './sandbox/dns.ts'
import { testNode } from './testing.ts'
import type { ContainerSpec } from './types.ts'

describe('DNS settings that resolvers do not bear', () => {
  it('are cut, and an event says what was left', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('many', { dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] } })
    await node.pass(5)
    const omitted =
      'DNSConfigForming: Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.10 192.0.2.1 192.0.2.2'
    expect(node.events('many')).toContain(omitted)
    expect(resolvConf(node.get('many'), node.kubelet.node.dns)).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\nnameserver 192.0.2.1\nnameserver 192.0.2.2\noptions ndots:5\n',
    )

    const searches = Array.from({ length: 31 }, (_, i) => `d${i}.example`)
    node.run('wide', { dnsConfig: { searches } })
    await node.pass(5)
    const kept = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', ...searches.slice(0, 29)]
    expect(node.events('wide')).toContain(
      `DNSConfigForming: Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${kept.join(' ')}`,
    )
  })
})

it('a hook by TCP is taken by the API, and fails on the node', async () => {
  const node = testNode()
  node.run('web', {
    terminationGracePeriodSeconds: 1,
    containers: [{ lifecycle: { postStart: { tcpSocket: { port: 80 } } } }],
  })
  await node.pass(4)
  expect(node.state('web').state?.waiting).toEqual({
    reason: 'PostStartHookError',
    message:
      'Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:&TCPSocketAction{Port:{0 80 },Host:,},Sleep:nil,}',
  })
})

type Handler = NonNullable<NonNullable<ContainerSpec['lifecycle']>['postStart']>

describe('a hook by HTTP', () => {
  const hooked = (httpGet: NonNullable<Handler['httpGet']>) => ({
    containers: [{ lifecycle: { postStart: { httpGet } } }],
  })

  it('says what it has asked for when it fails', async () => {
    const node = testNode()
    await node.pass(1)
    node.runtime.dial = { ok: false, error: 'dial tcp 10.244.0.1:80: connect: connection refused' }
    node.run('refused', hooked({ path: '/up', port: 80 }))
    await node.pass(2)
    expect(node.events('refused')).toContain('FailedPostStartHook: PostStartHook failed')
    expect(node.state('refused').state?.waiting).toEqual({
      reason: 'PostStartHookError',
      message: `HTTP lifecycle hook (/up) for Container "app" in Pod "refused_default(${node.get('refused').metadata.uid})" failed - error: Get "http://10.244.0.1:80/up": dial tcp 10.244.0.1:80: connect: connection refused`,
    })
  })

  it('is content with plain HTTP where TLS was expected', async () => {
    const node = testNode()
    await node.pass(1)
    const asked: string[] = []
    node.runtime.httpGet = (target, _timeout, done) => {
      const { scheme, headers } = target as { scheme: string; headers: { name: string; value: string }[] }
      asked.push(`${scheme} ${headers.map(h => `${h.name}=${h.value}`).join(' ')}`)
      const error = 'http: server gave HTTP response to HTTPS client'
      node.clock.after(1, () => done(scheme === 'HTTPS' ? { ok: false, error } : { ok: true }))
    }
    node.run('plain', hooked({ port: 443, scheme: 'HTTPS', httpHeaders: [{ name: 'Authorization', value: 'secret' }] }))
    await node.pass(2)
    expect(asked).toEqual([
      'HTTPS Authorization=secret User-Agent=kube-lifecycle/1.36 Accept=*/*',
      'HTTP User-Agent=kube-lifecycle/1.36 Accept=*/*',
    ])
    expect(node.events('plain')).toContain(
      'LifecycleHTTPFallback: request to HTTPS lifecycle hook 10.244.0.1:443 got HTTP response, retry with HTTP succeeded',
    )
    expect(node.state('plain').state?.running).toBeDefined()
  })
})

describe('a node that is asked past the scheduler', () => {
  it('looks at the operating system first', async () => {
    const node = testNode()
    await node.pass(1)
    const resources = { requests: { cpu: '64' } }
    node.run('labelled', { containers: [{ resources }] }, { labels: { 'kubernetes.io/os': 'windows' } })
    node.run('windows', { os: { name: 'windows' }, containers: [{ resources }] })
    await node.pass(1)
    expect(node.get('labelled').status).toMatchObject({
      reason: 'PodOSSelectorNodeLabelDoesNotMatch',
      message: "Pod was rejected: Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    })
    expect(node.get('windows').status.reason).toBe('PodOSNotSupported')
  })

  it('finds containers of which it knows nothing when its kubelet comes back, as 1.36 does, unless init containers come first', async () => {
    const node = testNode()
    await node.pass(1)
    const resources = { requests: { cpu: '64' } }
    node.run('big', { containers: [{ resources }] })
    node.run('later', { initContainers: [{ name: 'first' }], containers: [{ resources }] })
    await node.pass(2)
    expect(node.get('big').status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu' })
    expect(node.state('big')).toBeUndefined()
    node.kubelet.restart()
    await node.pass(2)
    expect(node.get('big').status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu' })
    expect(node.state('big').state?.terminated).toMatchObject({ exitCode: 137, reason: 'ContainerStatusUnknown' })
    expect(node.state('later', 'first').state?.terminated?.reason).toBe('ContainerStatusUnknown')
    expect(node.state('later').state).toEqual({ waiting: { reason: 'PodInitializing' } })
    node.delete('big')
    await node.pass(1)
    expect(node.find('big')).toBeUndefined()
  })
})

describe('a sync that takes long', () => {
  it('tells at once that containers may start, and nothing else before it is over', async () => {
    const node = testNode()
    node.run('web', { containers: [{ lifecycle: { postStart: { sleep: { seconds: 6 } } } }] })
    await node.pass(4)
    const { conditions, podIP, containerStatuses } = node.get('web').status
    expect(conditions?.find(({ type }) => type === 'PodReadyToStartContainers')?.status).toBe('True')
    expect(podIP).toBeUndefined()
    expect(containerStatuses?.[0]?.state?.waiting?.reason).toBe('ContainerCreating')
    await node.pass(5)
    expect(node.get('web').status.podIP).toBe('10.244.0.1')
  })

  it('is followed by two looks where a start and an end were seen: the second tells of the back-off', async () => {
    const node = testNode()
    node.run('web', {
      terminationGracePeriodSeconds: 2,
      containers: [{ command: ['x', 'stubborn'], lifecycle: { postStart: { tcpSocket: { port: 80 } } } }],
    })
    await node.pass(8)
    expect(node.state('web').restartCount).toBe(1)
    expect(node.state('web').state?.waiting?.reason).toBe('CrashLoopBackOff')
  })
})

describe('what a node does not have', () => {
  it('are huge pages and drivers of storage', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('huge', {
      nodeName: 'node-1',
      containers: [{ resources: { limits: { 'hugepages-2Mi': '2Mi', memory: '64Mi' } } }],
    })
    node.run('small-pages', {
      nodeName: 'node-1',
      containers: [{ resources: { limits: { 'hugepages-64Ki': '64Ki', memory: '64Mi' } } }],
    })
    node.run('driven', {
      volumes: [{ name: 'v', csi: { driver: 'no.such.csi' } }],
      containers: [{ volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
    })
    await node.pass(5)
    expect(node.get('huge').status).toMatchObject({
      reason: 'OutOfhugepages-2Mi',
      message:
        "Pod was rejected: Node didn't have enough resource: hugepages-2Mi, requested: 2097152, used: 0, capacity: 0",
    })
    expect(node.get('small-pages').status.reason).toBe('OutOfhugepages-64Ki')
    expect(node.events('driven')).toContain(
      'FailedMount: MountVolume.SetUp failed for volume "v" : kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name no.such.csi not found in the list of registered CSI drivers',
    )
  })
})
