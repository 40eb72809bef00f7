/** The switch that joins Pods: addresses, listening, connections. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Clock } from '../clock/clock.ts'
import type { Connection, NetworkNamespace } from './network.ts'
import { Switch } from './switch.ts'

function twoNodes() {
  const clock = new Clock(0)
  const net = new Switch(clock)
  net.addNode('worker-1', { ip: '172.18.0.3', podCIDR: '10.244.1.0/24' })
  net.addNode('worker-2', { ip: '172.18.0.4', podCIDR: '10.244.2.0/24' })
  const pod = (nodeName: string, hostname = 'p') => net.createNamespace({ nodeName, hostname, hostNetwork: false })
  return { clock, net, pod }
}

type Result = { connection: Connection } | { failure: string }
const dial = (from: NetworkNamespace, ip: string, port: number): { result?: Result; stop: () => void } => {
  const box: { result?: Result; stop: () => void } = { stop: () => {} }
  box.stop = from.connect('TCP', ip, port, result => {
    box.result = result
  })
  return box
}
const echo = (connection: Connection): void => {
  connection.onData(data => connection.send(`echo ${data}`))
  connection.onClose(() => connection.close())
}

describe('addresses', () => {
  it('come from the range of the node, the first being that of the bridge', () => {
    const { pod } = twoNodes()
    expect(pod('worker-1').ips).toEqual(['10.244.1.2'])
    expect(pod('worker-1').ips).toEqual(['10.244.1.3'])
    expect(pod('worker-2').ips).toEqual(['10.244.2.2'])
  })

  it('are not used again at once', () => {
    const { net, pod } = twoNodes()
    const first = pod('worker-1')
    net.removeNamespace(first)
    expect(pod('worker-1').ips).toEqual(['10.244.1.3'])
  })

  it('run out, and come back', () => {
    const { net, pod } = twoNodes()
    const all = Array.from({ length: 253 }, () => pod('worker-1'))
    expect(new Set(all.map(p => p.ips[0])).size).toBe(253)
    expect(() => pod('worker-1')).toThrow('no IP addresses available in range set: 10.244.1.1-10.244.1.254')
    net.removeNamespace(all[7]!)
    expect(pod('worker-1').ips).toEqual(all[7]!.ips)
  })

  it("of a hostNetwork Pod are the node's", () => {
    const { net } = twoNodes()
    const host = net.createNamespace({ nodeName: 'worker-1', hostname: 'x', hostNetwork: true })
    expect(host.ips).toEqual(['172.18.0.3'])
    expect(host.hostname).toBe('worker-1')
  })
})

describe('listening', () => {
  it('on a port twice is refused, on another address of the same port is not', () => {
    const { pod } = twoNodes()
    const p = pod('worker-1')
    const listener = p.listen('TCP', 80, echo)
    expect(() => p.listen('TCP', 80, echo)).toThrow('Address already in use')
    expect(() => p.listen('TCP', 80, echo, '127.0.0.1')).toThrow('Address already in use')
    p.listen('UDP', 80, echo)
    listener.close()
    p.listen('TCP', 80, echo, '127.0.0.1')
    p.listen('TCP', 80, echo, p.ips[0]!)
    expect(p.listeners().map(l => `${l.protocol} ${l.address}:${l.port}`)).toEqual([
      'TCP 127.0.0.1:80',
      'TCP 10.244.1.2:80',
      'UDP 0.0.0.0:80',
    ])
  })
})

describe('a connection', () => {
  it('carries text both ways and ends', async () => {
    const { clock, pod } = twoNodes()
    const [a, b] = [pod('worker-1'), pod('worker-2')]
    b.listen('TCP', 80, echo)
    const call = dial(a, '10.244.2.2', 80)
    await clock.advance(1)
    const { connection } = call.result as { connection: Connection }
    const heard: string[] = []
    connection.onData(data => heard.push(data))
    connection.onClose(() => heard.push('(end)'))
    connection.send('one ')
    connection.send('two')
    await clock.advance(2)
    expect(heard).toEqual(['echo one two'])
    connection.close()
    await clock.advance(2)
    expect(heard).toEqual(['echo one two', '(end)'])
    expect(connection.remote).toEqual({ ip: '10.244.2.2', port: 80 })
  })

  it('is refused where nobody listens, and where only localhost is listened on', async () => {
    const { clock, pod } = twoNodes()
    const [a, b] = [pod('worker-1'), pod('worker-2')]
    b.listen('TCP', 80, echo, '127.0.0.1')
    const calls = [dial(a, '10.244.2.2', 80), dial(a, '10.244.2.2', 81), dial(b, '127.0.0.1', 80)]
    await clock.advance(1)
    expect(calls[0]!.result).toEqual({ failure: 'ECONNREFUSED' })
    expect(calls[1]!.result).toEqual({ failure: 'ECONNREFUSED' })
    expect(calls[2]!.result).toHaveProperty('connection')
  })

  it('to an address of no Pod fails after the neighbour was asked for, to nowhere after two minutes', async () => {
    const { clock, pod } = twoNodes()
    const a = pod('worker-1')
    const calls = [dial(a, '10.244.2.77', 80), dial(a, '203.0.113.1', 80)]
    await clock.advance(3_001)
    expect(calls[0]!.result).toEqual({ failure: 'EHOSTUNREACH' })
    await clock.advance(120_000)
    expect(calls[1]!.result).toBeUndefined()
    await clock.advance(10_000)
    expect(calls[1]!.result).toEqual({ failure: 'ETIMEDOUT' })
  })

  it('can be given up', async () => {
    const { clock, pod } = twoNodes()
    const call = dial(pod('worker-1'), '203.0.113.1', 80)
    call.stop()
    await clock.advance(200_000)
    expect(call.result).toBeUndefined()
  })

  it('ends when the Pod at the other side is removed', async () => {
    const { clock, net, pod } = twoNodes()
    const [a, b] = [pod('worker-1'), pod('worker-2')]
    b.listen('TCP', 80, echo)
    const call = dial(a, '10.244.2.2', 80)
    await clock.advance(1)
    let ended = false
    ;(call.result as { connection: Connection }).connection.onClose(() => {
      ended = true
    })
    net.removeNamespace(b)
    await clock.advance(1)
    expect(ended).toBe(true)
  })

  it('of UDP is open until this side closes it, and in no state of TCP', async () => {
    const { clock, pod } = twoNodes()
    const [client, server] = [pod('worker-1'), pod('worker-2')]
    server.listen('UDP', 53, () => {})
    const opened = await new Promise<Connection>(done => {
      client.connect('UDP', server.ips[0]!, 53, result => 'connection' in result && done(result.connection))
      void clock.advance(10)
    })
    const states = (of: NetworkNamespace): string[] => of.connections().map(({ state }) => state)
    expect([states(client), states(server)]).toEqual([['ESTABLISHED'], ['ESTABLISHED']])
    opened.close()
    await clock.advance(10)
    expect([states(client), states(server)]).toEqual([[], ['ESTABLISHED']])
  })

  it('comes from the bridge when a node calls its own Pod', async () => {
    const { clock, net, pod } = twoNodes()
    const p = pod('worker-1')
    const callers: string[] = []
    p.listen('TCP', 80, c => callers.push(c.remote.ip))
    dial(net.createNamespace({ nodeName: 'worker-1', hostname: '', hostNetwork: true }), p.ips[0]!, 80)
    dial(net.createNamespace({ nodeName: 'worker-2', hostname: '', hostNetwork: true }), p.ips[0]!, 80)
    await clock.advance(1)
    expect(callers).toEqual(['10.244.1.1', '172.18.0.4'])
  })
})

describe('a partition', () => {
  it('holds back what is sent until it heals', async () => {
    const { clock, net, pod } = twoNodes()
    const [a, b] = [pod('worker-1'), pod('worker-2')]
    b.listen('TCP', 80, echo)
    const call = dial(a, '10.244.2.2', 80)
    await clock.advance(1)
    const heard: string[] = []
    const { connection } = call.result as { connection: Connection }
    connection.onData(data => heard.push(data))
    net.setPartitioned('worker-2', true)
    connection.send('x')
    const late = dial(a, '10.244.2.2', 80)
    await clock.advance(10_000)
    expect([heard, late.result]).toEqual([[], undefined])
    net.setPartitioned('worker-2', false)
    await clock.advance(10)
    expect(heard).toEqual(['echo x'])
    await clock.advance(6_000)
    expect(late.result).toHaveProperty('connection')
  })
})

describe('routes and policies', () => {
  it('send a virtual address elsewhere, refuse it or drop it', async () => {
    const { clock, net, pod } = twoNodes()
    const [a, b] = [pod('worker-1'), pod('worker-2')]
    b.listen('TCP', 8080, echo)
    net.router = to =>
      to.ip !== '10.96.0.10'
        ? undefined
        : to.port === 80
          ? { ip: '10.244.2.2', port: 8080 }
          : to.port === 81
            ? 'refuse'
            : 'drop'
    const calls = [80, 81, 82].map(port => dial(a, '10.96.0.10', port))
    await clock.advance(1)
    expect((calls[0]!.result as { connection: Connection }).connection.remote).toEqual({ ip: '10.96.0.10', port: 80 })
    expect(calls[1]!.result).toEqual({ failure: 'ECONNREFUSED' })
    expect(calls[2]!.result).toBeUndefined()
  })

  it('block what a policy forbids', async () => {
    const { clock, net, pod } = twoNodes()
    const [a, b] = [pod('worker-1', 'a'), pod('worker-2', 'b')]
    b.listen('TCP', 80, echo)
    net.filter = c => c.from.hostname !== 'a'
    const [blocked, allowed] = [dial(a, b.ips[0]!, 80), dial(b, b.ips[0]!, 80)]
    await clock.advance(127_000)
    expect(blocked.result).toEqual({ failure: 'ETIMEDOUT' })
    expect(allowed.result).toHaveProperty('connection')
  })
})

it('delivers all bytes in order, however they are cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.nat(3))), async pieces => {
      const { clock, pod } = twoNodes()
      const [a, b] = [pod('worker-1'), pod('worker-2')]
      let heard = ''
      b.listen('TCP', 1, c => c.onData(data => (heard += data)))
      const call = dial(a, b.ips[0]!, 1)
      await clock.advance(1)
      const { connection } = call.result as { connection: Connection }
      for (const [text, pause] of pieces) {
        connection.send(text)
        await clock.advance(pause)
      }
      connection.close()
      await clock.advance(1)
      expect(heard).toBe(pieces.map(p => p[0]).join(''))
    }),
    { numRuns: 50 },
  )
})
