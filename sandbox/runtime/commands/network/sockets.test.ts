/** Connections as netstat, ss and /proc/net show them, in the forms of net-tools 2.10, iproute2 6.1 and busybox 1.36. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Container } from '../../cri.ts'
import { type Machine, machine } from '../../testing.ts'

const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.53'

/** A server of Go and one of version 4 in one Pod, each with a client, and a fetch that is over. */
describe('the sockets of a Pod', () => {
  let m: Machine
  let shell: Container
  const said = async (line: string): Promise<string> => (await m.exec(shell, ['bash', '-c', line])).out

  beforeAll(async () => {
    m = machine()
    const sandbox = m.sandbox('pod')
    m.run(AGNHOST, { args: ['netexec'] }, sandbox)
    shell = m.run(
      'nicolaka/netshoot:v0.13',
      {
        command: [
          'bash',
          '-c',
          'nc -l 9000 >/dev/null & sleep 1; nc 127.0.0.1 9000 < <(sleep 900) & sleep 900 | nc 127.0.0.1 8080 & sleep 900 | nc -u 127.0.0.1 8081 & sleep 900',
        ],
      },
      sandbox,
    )
    await m.clock.advance(3000)
    await said('curl -s 127.0.0.1:8080/hostname')
    await m.clock.advance(100)
  })

  it('are shown by netstat with their processes, those of version 6 last', async () => {
    expect(await said('netstat -tnp')).toBe(`Active Internet connections (w/o servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
tcp        0      0 127.0.0.1:32768         127.0.0.1:9000          ESTABLISHED 4/nc                
tcp        0      0 127.0.0.1:9000          127.0.0.1:32768         ESTABLISHED 2/nc                
tcp        0      0 127.0.0.1:32769         127.0.0.1:8080          ESTABLISHED 9/nc                
tcp        0      0 127.0.0.1:32771         127.0.0.1:8080          TIME_WAIT   -                   
tcp6       0      0 127.0.0.1:8080          127.0.0.1:32769         ESTABLISHED -                   
`)
    expect((await said('netstat -tuan')).split('\n').slice(2)).toEqual([
      'tcp        0      0 127.0.0.1:32768         127.0.0.1:9000          ESTABLISHED',
      'tcp        0      0 127.0.0.1:9000          127.0.0.1:32768         ESTABLISHED',
      'tcp        0      0 127.0.0.1:32769         127.0.0.1:8080          ESTABLISHED',
      'tcp        0      0 127.0.0.1:32771         127.0.0.1:8080          TIME_WAIT  ',
      'tcp6       0      0 :::8080                 :::*                    LISTEN     ',
      'tcp6       0      0 127.0.0.1:8080          127.0.0.1:32769         ESTABLISHED',
      'udp        0      0 127.0.0.1:32770         127.0.0.1:8081          ESTABLISHED',
      'udp6       0      0 :::8081                 :::*                               ',
      '',
    ])
  })

  it('are shown by ss, in columns as wide as what stands in them', async () => {
    expect(
      await said('ss -tanp'),
    ).toBe(`State     Recv-Q Send-Q      Local Address:Port        Peer Address:Port Process                   
ESTAB     0      0               127.0.0.1:32768          127.0.0.1:9000  users:(("nc",pid=4,fd=4))
ESTAB     0      0               127.0.0.1:9000           127.0.0.1:32768 users:(("nc",pid=2,fd=4))
ESTAB     0      0               127.0.0.1:32769          127.0.0.1:8080  users:(("nc",pid=9,fd=4))
TIME-WAIT 0      0               127.0.0.1:32771          127.0.0.1:8080                           
LISTEN    0      511                     *:8080                   *:*                              
ESTAB     0      0      [::ffff:127.0.0.1]:8080  [::ffff:127.0.0.1]:32769                          
`)
    expect(await said('ss -s')).toBe(
      'Total: 7\nTCP:   6 (estab 4, closed 1, orphaned 2, timewait 1)\n\nTransport Total     IP        IPv6\nRAW\t  0         0         0        \nUDP\t  2         1         1        \nTCP\t  5         3         2        \nINET\t  7         4         3        \nFRAG\t  0         0         0        \n\n',
    )
  })

  it('are chosen by states and by expressions, whose column of states goes where there is one state', async () => {
    expect(await said('ss -tan state time-wait')).toBe(
      'Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n0      0          127.0.0.1:32771    127.0.0.1:8080       \n',
    )
    const count = async (filter: string): Promise<number> => (await said(`ss -tanH ${filter}`)).split('\n').length - 1
    expect(await count('dport = :9000')).toBe(1)
    expect(await count("'( dport = :9000 or sport = :9000 )'")).toBe(2)
    expect(await count('exclude listening')).toBe(5)
    expect(await count('dst 127.0.0.0/8 sport ne 8080')).toBe(4)
    expect(await count('not dst 127.0.0.1')).toBe(1)
    expect(await count('state close-wait')).toBe(0)
    expect(await said('ss -tn state bogus 2>&1; echo $?')).toBe('ss: wrong state name: bogus\n255\n')
    expect(await said('ss -tn bogus 2>&1')).toBe(
      'Error: an inet prefix is expected rather than "bogus".\nCannot parse dst/src address.\n',
    )
  })

  it.each<readonly [string, string]>([
    ['dst x:80', 'Error: an inet prefix is expected rather than "x".\nCannot parse dst/src address.\n1'],
    ['dst 300.1.1.1', 'Error: an inet prefix is expected rather than "300.1.1.1".\nCannot parse dst/src address.\n1'],
    ['dst 1.2.3.4/x', 'Error: an inet prefix is expected rather than "1.2.3.4/x".\nCannot parse dst/src address.\n1'],
    ['dst 1.2.3.4/33', 'Error: an inet prefix is expected rather than "1.2.3.4/33".\nCannot parse dst/src address.\n1'],
    ['dport = 80x', 'Error: "80x" does not look like a port.\nCannot parse dst/src address.\n1'],
    ['state', 'Command line is not complete. Try option "help"\n255'],
    ...['dport', 'dport = = 80', 'not', "'('", 'dst != 1.2.3.4', 'dst 1.2.3.4 or', 'dport = 80 \\)', 'and'].map(
      filter => [filter, 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n255'] as const,
    ),
    ['dst 1.2.3.4:http', 'ss: names of ports in filters are not simulated: "http"\n1'],
    ['dev eth0', 'ss: "dev" in filters is not simulated\n1'],
    ["'dst [::1]'", 'ss: addresses of version 6 in filters are not simulated\n1'],
    ['$(printf "not %.0s" {1..9999})', 'ss: filters of more than 500 words are not simulated\n1'],
  ])('are not chosen by %s', async (filter, words) => {
    expect(await said(`ss -tn ${filter} 2>&1; echo $?`)).toBe(`${words}\n`)
  })

  it('are in the tables of the kernel', async () => {
    expect(await said('cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp | cut -c1-100')).toMatch(
      /0100007F:8003 0100007F:1F90 06 .*\n[\s\S]*0{16}FFFF00000100007F:1F90 0{16}FFFF00000100007F:8001 01 [\s\S]*0100007F:8002 0100007F:1F91 01 /,
    )
  })

  it('are forgotten a minute after this side has finished them first', async () => {
    await m.clock.advance(60_000)
    expect(await said('netstat -tan')).not.toContain('TIME_WAIT')
  })

  it('wait to be closed where the other side alone has finished', async () => {
    await said('(exec 3<>/dev/tcp/127.0.0.1/8080; sleep 5) & sleep 1; netstat -tn >/tmp/a')
    expect(await said('cat /tmp/a')).toMatch(/127\.0\.0\.1:8080 +ESTABLISHED/)
    await said(
      'nc -l -N 9001 </dev/null & sleep 1; (exec 3<>/dev/tcp/127.0.0.1/9001; sleep 5) & sleep 1; netstat -tn >/tmp/a',
    )
    expect(await said('cat /tmp/a')).toMatch(/127\.0\.0\.1:9001 +CLOSE_WAIT/)
  })
})
