/** The memory of a whole node, and whom its kernel kills when there is no more. */
import { describe, expect, it } from 'vitest'
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

  it('is not what is told of when a container has passed its own limit', async () => {
    const m = small()
    const own = m.run('polinux/stress', { command: holder(100), memoryBytes: 50 * MIB })
    await m.clock.advance(1_000)
    expect(own.state).toMatchObject({ status: { oomKilled: true } })
    expect(m.told).toEqual([])
  })
})
