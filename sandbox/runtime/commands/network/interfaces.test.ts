/** ip, and the older tools that show interfaces, routes and sockets. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

test('ip shows addresses and links, of one device, in one line each when asked to', async () => {
  const { out, err } = await machine().sh(
    'ip -o -4 addr; ip -o link show lo; ip a show eth0 | cut -c1-24; ip -4 a s dev lo; ip a show nope',
  )
  expect(out.split('\n')).toEqual([
    '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
    expect.stringMatching(/^2: eth0 {4}inet 10\.244\.\d+\.\d+\/24 brd \S+ scope global eth0\\ {7}valid_lft forever/),
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '2: eth0@if7: <BROADCAST,',
    expect.stringMatching(/^ {4}link\/ether de:ad/),
    expect.stringMatching(/^ {4}inet 10\.244/),
    '       valid_lft forever',
    expect.stringMatching(/^ {4}inet6 fe80::dcad/),
    '       valid_lft forever',
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000',
    '    inet 127.0.0.1/8 scope host lo',
    '       valid_lft forever preferred_lft forever',
    '',
  ])
  expect(err).toBe("ip: can't find device 'nope'\n")
})

test('a device has an address of version 6 that is good for its link', async () => {
  const { out } = await machine().sh('ip -6 addr show eth0 | tail -2; ip -6 route; cat /proc/net/if_inet6')
  expect(out).toBe(`    inet6 fe80::dcad:aff:fef4:2/64 scope link 
       valid_lft forever preferred_lft forever
fe80::/64 dev eth0  metric 256 
multicast ff00::/8 dev eth0  metric 256 
fe80000000000000dcad0afffef40002 02 40 20 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
`)
})

test('ip chooses by scope, and says which words it does not know to choose by', async () => {
  const { out, err } = await machine().sh(
    'ip -o addr show scope link; ip -o link show up | wc -l; ip addr show type veth',
  )
  expect(out).toBe(
    '2: eth0    inet6 fe80::dcad:aff:fef4:2/64 scope link \\       valid_lft forever preferred_lft forever\n2\n',
  )
  expect(err).toBe('ip: type is not simulated\n')
})

test('iproute2 says more than busybox', async () => {
  const m = machine()
  const debian = m.run('nicolaka/netshoot:v0.13', { command: ['sleep', '100'] })
  const said = async (line: string): Promise<string> => (await m.exec(debian, ['sh', '-c', line])).out
  expect(await said('ip -br addr')).toBe(
    'lo               UNKNOWN        127.0.0.1/8 ::1/128 \neth0@if7         UP             10.244.0.2/24 fe80::dcad:aff:fef4:2/64 \n',
  )
  expect(await said('ip route')).toBe(
    'default via 10.244.0.1 dev eth0 \n10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.2 \n',
  )
  expect(await said('ip route get 10.96.0.1')).toBe(
    '10.96.0.1 via 10.244.0.1 dev eth0 src 10.244.0.2 uid 0 \n    cache \n',
  )
})

test('the older tools show the same in their own way', async () => {
  const { out, err, code } = await machine().sh(
    'ifconfig eth0 | head -5; route; route -n | tail -2; netstat -rn | tail -1; arp; ifconfig nope',
  )
  expect(out).toBe(`eth0      Link encap:Ethernet  HWaddr DE:AD:0A:F4:00:02  
          inet addr:10.244.0.2  Bcast:10.244.0.255  Mask:255.255.255.0
          inet6 addr: fe80::dcad:aff:fef4:2/64 Scope:Link
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          RX packets:0 errors:0 dropped:0 overruns:0 frame:0
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
default         10.244.0.1      0.0.0.0         UG    0      0        0 eth0
10.244.0.0      *               255.255.255.0   U     0      0        0 eth0
0.0.0.0         10.244.0.1      0.0.0.0         UG    0      0        0 eth0
10.244.0.0      0.0.0.0         255.255.255.0   U     0      0        0 eth0
10.244.0.0      0.0.0.0         255.255.255.0   U         0 0          0 eth0
`)
  expect({ err, code }).toEqual({
    err: 'ifconfig: nope: error fetching interface information: Device not found\n',
    code: 1,
  })
})

test('netstat shows servers where it is asked for them, and whose they are', async () => {
  const { out } = await machine().sh(
    'httpd -f -p 80 & nc -l -p 8080 & sleep 1; netstat -t; netstat -tln | tail -2; netstat -tlnp | tail -2; kill %1 %2',
  )
  expect(out).toBe(`Active Internet connections (w/o servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
tcp        0      0 :::80                   :::*                    LISTEN      
tcp        0      0 :::8080                 :::*                    LISTEN      
tcp        0      0 :::80                   :::*                    LISTEN      2/httpd
tcp        0      0 :::8080                 :::*                    LISTEN      3/nc
`)
})

test('a server of Go takes both versions by one socket', async () => {
  const m = machine()
  const pod = m.run('registry.k8s.io/e2e-test-images/agnhost:2.53', { command: ['/agnhost', 'netexec'] })
  await m.clock.advance(2000)
  const said = async (line: string) => (await m.exec(pod, ['sh', '-c', line])).out
  expect(await said('netstat -tln')).toContain(
    'tcp        0      0 :::8080                 :::*                    LISTEN      \n',
  )
  expect(await said('cat /proc/net/tcp')).not.toContain('1F90')
  expect(await said('cat /proc/net/tcp6')).toContain(
    '   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A ',
  )
})

test('netstat and ss list nothing of version 6 for a server of version 4, and refuse what they would have to leave out', async () => {
  const m = machine()
  const debian = m.run('nicolaka/netshoot:v0.13', { command: ['sh', '-c', 'nc -l 8080 & sleep 100'] })
  await m.clock.advance(1000)
  const said = (line: string) => m.exec(debian, ['sh', '-c', line])
  expect((await said('ss -tlnH; ss -tlnH6; ss -tlnH46 | wc -l; netstat -6tln')).out.split('\n')).toEqual([
    expect.stringMatching(/^LISTEN 0 .*:8080 /),
    '1',
    'Active Internet connections (only servers)',
    expect.stringMatching(/^Proto/),
    '',
  ])
  for (const line of ['ss -K', 'ss -tlne', 'netstat -tlne'])
    expect(await said(line)).toMatchObject({ code: 1, err: expect.stringMatching(/^\w+: -[Ke] is not simulated\n$/) })
})
