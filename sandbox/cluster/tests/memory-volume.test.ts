/** emptyDir volumes in memory, counted against the container's limit. */
import { describe, expect, it } from 'vitest'
import { BUSYBOX, type World, world } from '../testing.ts'

/** Containers of 64 Mi each that share a directory in memory; the second has more room. */
const shared = (sizeLimit?: string) => ({
  volumes: [{ name: 'cache', emptyDir: { medium: 'Memory', ...(sizeLimit && { sizeLimit }) } }],
  containers: ['a', 'b'].map(name => ({
    name,
    image: BUSYBOX,
    command: ['sleep', '1d'],
    volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    resources: { limits: { memory: name === 'a' ? '64Mi' : '256Mi' } },
  })),
})

const used = async (w: World, container: string): Promise<number> =>
  Math.round(Number((await w.exec('p', 'cat /sys/fs/cgroup/memory.current', container)).out) / 1024 ** 2)

const fill = (mib: number, file = 'x'): string => `dd if=/dev/zero of=/cache/${file} bs=1M count=${mib} 2>/dev/null`

describe('an emptyDir in memory', () => {
  it('takes the memory of the container that writes, and gives it back', async () => {
    const w = await world()
    await w.run('p', shared())
    const [a, b] = [await used(w, 'a'), await used(w, 'b')]
    await w.exec('p', fill(30), 'a')
    await w.exec('p', fill(100, 'y'), 'b')
    expect([await used(w, 'a'), await used(w, 'b')]).toEqual([a + 30, b + 100])
    await w.exec('p', 'rm /cache/x; echo small > /cache/y', 'b')
    expect([await used(w, 'a'), await used(w, 'b')]).toEqual([a, b])
  })

  it('has a container killed that fills it beyond its limit; its files stay, and are nobody’s', async () => {
    const w = await world()
    await w.run('p', shared())
    await w.exec('p', fill(40), 'a')
    await w.exec('p', `${fill(40, 'y')}; echo still here`, 'a')
    await w.wait(5)
    const status = w.pod('p').status.containerStatuses?.find(s => s.name === 'a')
    expect(status?.restartCount).toBe(1)
    expect(status?.lastState?.terminated).toMatchObject({ reason: 'OOMKilled', exitCode: 137 })
    expect((await w.exec('p', 'ls /cache', 'a')).out).toMatch('x\n')
    expect(await used(w, 'a')).toBeLessThan(10)
  })

  it('is as large as what the node has for Pods where nothing else is said, as are secrets, and never swapped', async () => {
    const w = await world()
    const volumes = [{ name: 'cache', emptyDir: { medium: 'Memory' } }]
    const volumeMounts = [{ name: 'cache', mountPath: '/cache' }]
    const container = { name: 'main', image: BUSYBOX, command: ['sleep', '1d'], volumeMounts }
    await w.run('p', { volumes, containers: [container] })
    const rows = (await w.exec('p', 'grep -E " /cache | /var/run/secrets" /proc/mounts')).out.trim().split('\n')
    expect(rows.map(row => row.split(' ').slice(0, 4))).toEqual([
      ['tmpfs', '/cache', 'tmpfs', 'rw,relatime,size=8045248k,noswap'],
      ['tmpfs', '/var/run/secrets/kubernetes.io/serviceaccount', 'tmpfs', 'ro,relatime,size=8045248k,noswap'],
    ])
  })

  it('is as large as its limit, or as all the memory that the Pod may use', async () => {
    const w = await world()
    await w.run('p', shared())
    expect((await w.exec('p', 'df /cache | tail -1', 'b')).out).toMatch(/ 327680 /)
    await w.run('q', shared('16Mi'))
    expect((await w.exec('q', 'df /cache | tail -1', 'b')).out).toMatch(/ 16384 /)
    expect((await w.exec('q', 'dd if=/dev/zero of=/cache/x bs=1M count=20', 'b')).err).toMatch(
      'No space left on device',
    )
  })
})
