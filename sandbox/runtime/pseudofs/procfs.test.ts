/** What programs read in /proc of themselves, their limits and their network. */
import { expect, it } from 'vitest'
import { machine } from '../testing.ts'

const asked = async (script: string, config: object = {}): Promise<string> => {
  const m = machine()
  const container = m.run('busybox:1.36', { command: ['sleep', '100'], oomScoreAdj: 1000, ...config })
  await m.clock.advance(10)
  return (await m.exec(container, ['sh', '-c', script])).out
}

it('tells how soon a process is sacrificed', async () => {
  expect(await asked('cat /proc/1/oom_score_adj')).toBe('1000\n')
  expect(await asked('cat /proc/self/oom_score_adj', { oomScoreAdj: -997 })).toBe('-997\n')
})

it('tells what a process may use', async () => {
  const rows = (await asked('cat /proc/1/limits')).split('\n')
  expect(rows[0]).toBe('Limit                     Soft Limit           Hard Limit           Units     ')
  expect(rows[8]).toBe('Max open files            1048576              1048576              files     ')
  expect(rows).toHaveLength(18)
})

it('is as old as its container, whenever somebody looks into it first', async () => {
  const m = machine()
  const container = m.run('busybox:1.36', { command: ['sleep', '100'] })
  const created = Math.floor(m.clock.now() / 1000)
  await m.clock.advance(60_000)
  expect((await m.exec(container, ['stat', '-c', '%Y', '/proc'])).out).toBe(`${created}\n`)
})

it('counts what processes have computed, those that are gone too', async () => {
  const stat = "grep -e '^cpu ' -e '^processes' /proc/stat | tr -s ' ' | cut -d' ' -f2"
  const out = await asked(`${stat}; sh -c 'i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done'; ${stat}`)
  const [busy, begun, later, more] = out.trim().split('\n').map(Number)
  expect(later! - busy!).toBeGreaterThan(1)
  expect(more! - begun!).toBeGreaterThan(3)
})

it('names the namespaces, those of children too', async () => {
  expect(await asked('ls /proc/1/ns | tr "\\n" " "')).toBe(
    'cgroup ipc mnt net pid pid_for_children time time_for_children user uts ',
  )
})

it('keeps what a process is and has to itself and its like', async () => {
  const m = machine()
  const sandbox = m.sandbox('p', { shareProcessNamespace: true })
  const c = m.run('busybox:1.36', { command: ['sleep', '100'] }, sandbox)
  await m.clock.advance(10)
  const look = async (script: string) => (await m.exec(c, ['sh', '-c', `{ ${script}; } 2>&1`])).out
  const ofPause = 'stat -c "%u %s" /proc/1/exe; readlink /proc/1/exe; readlink /proc/1/cwd; cat /proc/1/environ'
  expect(await look(ofPause)).toBe("65535 0\ncat: can't open '/proc/1/environ': Permission denied\n")
  expect(await look('ls -l /proc/1/exe | cut -c1-30')).toMatch(
    /^(ls: \/proc\/1\/exe: cannot read link: Permission denied\nlrwxrwxrwx +1 65535 |lrwx[^\n]*\nls: )/,
  )
  expect(await look('readlink /proc/self/cwd; stat -c %s /proc/self/fd/1')).toBe('/\n64\n')
})

it('shows where a process without an input reads', async () => {
  expect(await asked('readlink /proc/1/fd/0; readlink /proc/1/fd/1')).toMatch(/^\/dev\/null\npipe:\[\d+\]\n$/)
})

it('shows routes and who listens in the kernel’s own digits', async () => {
  const out = await asked(
    'httpd -p 0.0.0.0:8080; cat /proc/net/tcp | cut -c1-38; cut -f1-4 /proc/net/route; cat /proc/net/dev',
  )
  expect(out).toContain('   0: 00000000:1F90 00000000:0000 0A ')
  expect(out).toMatch(/\neth0\t00000000\t01[0-9A-F]{4}0A\t0003\n/)
  expect(out).toMatch(/\n {2}eth0: /)
})

it('has the devices of its network in /sys', async () => {
  const out = await asked(
    'ls /sys/class/net; readlink /sys/class/net/eth0; cd /sys/class/net/eth0; cat address mtu operstate ifindex statistics/rx_errors; cat ../lo/type',
  )
  expect(out).toMatch(
    /^eth0\nlo\n\.\.\/\.\.\/devices\/virtual\/net\/eth0\nde:ad:0a(:[0-9a-f]{2}){3}\n1500\nup\n2\n0\n772\n$/,
  )
  expect(await asked('cat /sys/class/net/lo/speed 2>&1'), 'the loopback has none').toContain('Invalid argument')
  expect(await asked('(echo 1 > /sys/class/net/eth0/mtu) 2>&1')).toContain('Read-only file system')
})

it('leaves the rest of a shared space alive for as long as the shim needs to hear of an end', async () => {
  const m = machine()
  const sandbox = m.sandbox('shared', { shareProcessNamespace: true })
  const container = m.run('busybox:1.36', { command: ['sh', '-c', 'sleep 100; exit 4'] }, sandbox)
  await m.clock.advance(10)
  expect((await m.exec(container, ['sh', '-c', 'kill -9 -1'])).code).toBe(0)
  expect(container.state).toMatchObject({ state: 'exited', status: { code: 137 } })
})

it('names nobody who has no name, and says so', async () => {
  const m = machine()
  const user = { uid: 12_345, gid: 4, groups: [4, 60_000] }
  const container = m.run('busybox:1.36', { command: ['sleep', '100'], user })
  await m.clock.advance(10)
  expect(await m.exec(container, ['id', '-Gn'])).toEqual({ code: 1, out: 'adm 60000\n', err: 'id: unknown ID 60000\n' })
  expect(await m.exec(container, ['id', '-un'])).toEqual({ code: 1, out: '12345\n', err: 'id: unknown ID 12345\n' })
  expect((await m.exec(container, ['cat', '/etc/shadow'])).err).toBe(
    "cat: can't open '/etc/shadow': Permission denied\n",
  )
})
