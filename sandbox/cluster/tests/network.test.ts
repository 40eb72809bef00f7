/** Host ports, and Pods behind network policies. */
import { describe, expect, it } from 'vitest'
import { networkPolicy } from '../../api/kinds/networkpolicy.ts'
import { AGNHOST, BUSYBOX, world } from '../testing.ts'

const server = (hostIP: string, protocol: string) => ({
  nodeName: 'node-1',
  containers: [
    {
      name: 'agnhost',
      image: AGNHOST,
      args: ['netexec', '--http-port=8080', '--udp-port=8080'],
      ports: [{ hostPort: 54_323, containerPort: 8080, protocol, hostIP }],
    },
  ],
})

describe('host ports', () => {
  it('of one number are open for several Pods, each at an address or protocol of its own', async () => {
    const w = await world()
    const { ip } = w.cluster.kubelets.get('node-1')!.node
    await w.run('pod1', server('127.0.0.1', 'TCP'))
    await w.run('pod2', server(ip, 'TCP'))
    await w.run('pod3', server(ip, 'UDP'))
    await w.run('pod4', server('', 'TCP'))
    expect(w.pod('pod4').status).toMatchObject({ phase: 'Failed', reason: 'NodePorts' })
    await w.run('host', {
      nodeName: 'node-1',
      hostNetwork: true,
      containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }],
    })
    const curl = (url: string) =>
      w.exec('host', `curl -g -s --connect-timeout 5 --interface ${ip} http://${url}:54323/hostname`)
    expect((await curl('127.0.0.1')).out).toBe('pod1')
    expect((await curl(ip)).out).toBe('pod2')
    expect((await w.exec('host', `nc -vuz -w 5 ${ip} 54323`)).code).toBe(0)
    // The loopback address of another Pod is its own.
    await w.run('other', { nodeName: 'node-1', containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }] })
    expect((await w.exec('other', 'curl -s http://127.0.0.1:54323/')).code).toBe(7)
  })
})

describe('a Pod whose egress is closed', () => {
  it('finds no names, after the time that this takes, and reaches nothing', async () => {
    const w = await world()
    await w.run('web', { containers: [{ name: 'main', image: AGNHOST, args: ['netexec'] }] })
    await w.run('client', { containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1d'] }] })
    const { podIP } = w.pod('web').status
    expect((await w.exec('client', `wget -qO- ${podIP}:8080/hostname`)).out).toBe('web')
    w.cluster.client.create(networkPolicy, {
      metadata: { name: 'closed', namespace: 'default' },
      spec: { podSelector: {}, policyTypes: ['Egress'] },
    })
    const began = w.cluster.clock.now()
    expect((await w.exec('client', 'wget -qO- kubernetes')).err).toBe("wget: bad address 'kubernetes'\n")
    expect(w.cluster.clock.now() - began).toBeGreaterThanOrEqual(10_000)
    expect((await w.exec('client', `wget -T 2 -qO- ${podIP}:8080/hostname`)).err).toBe('wget: download timed out\n')
    expect((await w.exec('client', 'nslookup kubernetes')).out).toBe(
      ';; connection timed out; no servers could be reached\n\n',
    )
  })

  it('finds no names either when nobody is at the address of its name server', async () => {
    const w = await world()
    await w.run('lost', {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['1.2.3.4'], searches: ['example.com'] },
      containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }],
    })
    expect((await w.exec('lost', '/agnhost dns-server-list; /agnhost dns-suffix')).out).toBe('1.2.3.4\nexample.com\n')
    expect((await w.exec('lost', 'curl -sS -m 3 http://kubernetes.default.svc.cluster.local')).err).toBe(
      'curl: (28) Resolving timed out after 3000 milliseconds\n',
    )
    expect((await w.exec('lost', 'dig @10.96.0.10 +short kubernetes.default.svc.cluster.local')).out).toBe(
      '10.96.0.1\n',
    )
  })
})
