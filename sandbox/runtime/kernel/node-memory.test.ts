/** The memory of a whole node, and whom its kernel kills when there is no more. */
import { describe, expect, it } from 'vitest'
import { Disk, newInode } from '../files/tree.ts'
import { machine } from '../testing.ts'

const MIB = 2 ** 20
/** A container whose first process holds so much, and waits. */
const holder = (mib: number): string[] => ['stress', '--vm', '1', '--vm-bytes', `${mib}M`, '--vm-hang', '0']

function small() {
  const m = machine('small', { memoryBytes: 512 * MIB })
  const told: [string, number][] = []
  m.runtime.watchSystemOom((name, pid) => told.push([name, pid]))
  return {
    ...m,
    told,
    hold: (mib: number, oomScoreAdj: number) => m.run('polinux/stress', { command: holder(mib), oomScoreAdj }),
  }
}

describe('a node whose containers want more memory than it has', () => {
  it('kills the largest of those that it spares least, as a whole, and tells of it', async () => {
    const m = small()
    const spared = m.hold(300, 2)
    const small_ = m.hold(100, 1000)
    await m.clock.advance(1_000)
    expect([spared, small_].map(c => c.state.state)).toEqual(['running', 'running'])
    const late = m.hold(150, 999)
    await m.clock.advance(1_000)
    expect([spared, small_, late].map(c => c.state.state)).toEqual(['running', 'running', 'exited'])
    expect(late.state).toMatchObject({ status: { code: 137, oomKilled: true } })
    expect(m.told).toEqual([['stress', expect.any(Number)]])
    expect(m.told[0]![1]).toBeGreaterThan(1000)
  })

  it('spares its own processes, whose end would free nothing, and kills as many containers as it must', async () => {
    const m = small()
    m.runtime.install(newInode(new Disk({ type: 'ext4', clock: m.clock }), 'directory'))
    const two = [m.hold(150, -300), m.hold(150, -300)]
    await m.clock.advance(1_000)
    const large = m.hold(460, -998)
    await m.clock.advance(1_000)
    expect([...two, large].map(c => c.state.state)).toEqual(['exited', 'exited', 'running'])
    expect(m.told.map(([name]) => name)).toEqual(['stress', 'stress'])
    expect(m.runtime.kernel.memory?.used).toBeLessThan(512 * MIB)
  })

  it('has back what a removed container held, files in memory too', async () => {
    const m = small()
    const command = ['sh', '-c', 'dd if=/dev/zero of=/dev/shm/x bs=1M count=60; sleep 1d']
    const filler = m.run('busybox', { command })
    await m.clock.advance(1_000)
    expect(m.runtime.kernel.memory?.used).toBeGreaterThan(60 * MIB)
    filler.kill('KILL')
    m.runtime.removeContainer(filler)
    await m.clock.advance(1_000)
    expect(m.runtime.kernel.memory?.used).toBe(0)
  })

  it('shows every container what the node has and what is left of it', async () => {
    const m = small()
    m.hold(100, 0)
    await m.clock.advance(1_000)
    const { out } = await m.sh("grep -E 'Total|Free' /proc/meminfo; free -m | awk 'NR == 2 { print $2, $3 + $4 }'")
    expect(out).toMatch(/^MemTotal: +524288 kB\nMemFree: +1\d{5} kB\n(Swap.*\n)*512 512\n$/)
  })

  it('is not what is told of when a container has passed its own limit', async () => {
    const m = small()
    const own = m.run('polinux/stress', { command: holder(100), memoryBytes: 50 * MIB })
    await m.clock.advance(1_000)
    expect(own.state).toMatchObject({ status: { oomKilled: true } })
    expect(m.told).toEqual([])
  })
})
