/** Processes: signals, pipes, cpu, memory and limits. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import { Random } from '../../clock/random.ts'
import { MountTable } from '../files/mounts.ts'
import { Disk, newInode } from '../files/tree.ts'
import { forever } from '../network/serving.ts'
import type { Process, Program } from '../processes/process.ts'
import { nullStream, pipe } from '../processes/streams.ts'
import { machine } from '../testing.ts'
import { Cgroup } from './cpu.ts'
import { Kernel, PidSpace, type World } from './kernel.ts'

function bare(limits: { cpuMillis?: number; memoryBytes?: number } = {}) {
  const clock = new Clock()
  const kernel = new Kernel({ clock, random: new Random('k'), cores: 2, load: () => undefined })
  const cgroup = new Cgroup(limits)
  const world = {
    pids: new PidSpace(),
    cgroup,
    mounts: new MountTable(newInode(new Disk({ type: 'overlay', clock }), 'directory')),
    hostname: 'h',
  } as unknown as World
  const boot = (program: Program) =>
    kernel.boot(world, { argv: ['p'], program, fds: { 0: nullStream, 1: nullStream, 2: nullStream } })
  boot(async init => {
    await init.block(() => {})
  })
  return { clock, kernel, world, cgroup, boot }
}

describe('processes', () => {
  test('one that sleeps costs one timer and wakes in time', async () => {
    const { clock, boot } = bare()
    const woke: number[] = []
    const start = clock.now()
    boot(async p => {
      await p.sleep(3_600_000)
      woke.push(clock.now() - start)
    })
    await clock.advance(7_200_000)
    expect(woke).toEqual([3_600_000])
  })

  test('a killed one never runs again, and its parent hears of it', async () => {
    const { clock, boot } = bare()
    const seen: unknown[] = []
    boot(async p => {
      const child = p.spawn({
        argv: ['child'],
        program: async c => {
          try {
            await c.sleep(1000)
          } finally {
            seen.push('must not run')
          }
        },
      })
      p.kill(child.pid, 'TERM')
      seen.push((await p.wait(child.pid)).status)
    })
    await clock.advance(2000)
    expect(seen).toEqual([{ code: 143, signal: 'TERM' }])
  })

  test('a child has a copy of its parent’s environment, or shares one with others that never change theirs', async () => {
    const { clock, boot } = bare()
    const init = boot(forever)
    init.env.A = '1'
    const child = init.spawn({ argv: ['child'], program: forever })
    child.env.A = '2'
    expect(init.env.A).toBe('1')
    const env = Object.freeze({ A: '3' })
    const [one, other] = [1, 2].map(() => init.spawn({ argv: ['child'], sharedEnv: env, program: forever }))
    expect(one!.env).toBe(other!.env)
    await clock.settle()
  })

  test('who shares handlers of signals is told apart by them, and changes its own alone', async () => {
    const { clock, boot } = bare()
    const init = boot(forever)
    const heard: string[] = []
    const signals = new Map([
      ['HUP' as const, (_from: number, receiver: Process) => void heard.push(receiver.argv[0]!)],
    ])
    const start = (name: string) => init.spawn({ argv: [name], signals, program: forever })
    const [one, other] = [start('one'), start('other')]
    await clock.settle()
    for (const process of [one, other]) process.signal('HUP')
    one.on('HUP', 'ignore')
    for (const process of [one, other]) process.signal('HUP')
    expect(heard).toEqual(['one', 'other', 'other'])
  })

  test('one that signals itself from a timer ends, and the timer knows nothing of it', async () => {
    const { clock, boot } = bare()
    const p = boot(async p => {
      p.on('USR2', () => p.exit(3))
      p.clock.after(1000, () => p.kill(p.pid, 'USR2'))
      await forever(p)
    })
    await clock.advance(2000)
    expect(p.status).toEqual({ code: 3 })
  })

  test('an alarm interrupts who waits; another takes its place, and it ends with its process', async () => {
    const { clock, boot } = bare()
    const began = clock.now()
    const seen: unknown[] = []
    boot(async p => {
      const child = p.spawn({
        argv: ['child'],
        program: async c => {
          c.on('ALRM', () => seen.push('rings'))
          c.alarm(500)
          c.alarm(1000)
          await c.block(() => {}).catch(error => seen.push(error.code, c.clock.now() - began))
          c.alarm(60_000)
          await c.block(() => {})
        },
      })
      await p.sleep(2000)
      p.kill(child.pid, 'KILL')
      await p.wait(child.pid)
    })
    await clock.advance(5000)
    expect(seen).toEqual(['rings', 'EINTR', 1000])
    expect(clock.nextEventAt()).toBeUndefined()
  })

  test('PID 1 minds no signal that it has no handler for; KILL from outside ends it', async () => {
    const { clock, world } = bare()
    await clock.settle()
    const init = world.pids.init!
    init.signal('TERM', true)
    expect(init.status).toBeUndefined()
    init.signal('KILL', true)
    expect(init.status).toMatchObject({ code: 137 })
  })

  test('a full pipe holds the writer back; a pipe without a reader ends it', async () => {
    const { clock, boot } = bare()
    const { reader, writer } = pipe()
    let written = 0
    const process = boot(async p => {
      for (;;) {
        await writer.write(p, 'x'.repeat(1000))
        written += 1000
      }
    })
    await clock.settle()
    expect(written).toBeLessThanOrEqual(65_536)
    reader.close()
    await clock.settle()
    expect(process.status).toMatchObject({ signal: 'PIPE' })
  })

  test('two cores are shared fairly, and a limit throttles', async () => {
    const { clock, boot, kernel, world } = bare({ cpuMillis: 500 })
    const start = clock.now()
    let took = 0
    boot(async p => {
      await p.compute(1000)
      took = clock.now() - start
    })
    await clock.advance(10_000)
    kernel.cpu.settle()
    expect(took).toBe(2000)
    expect(world.cgroup.cpuMs).toBeCloseTo(1000)
  })

  test('memory past the limit kills the container with 137', async () => {
    const m = machine()
    const c = m.run('polinux/stress', {
      command: ['stress', '--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'],
      memoryBytes: 100 * 1024 ** 2,
    })
    await m.clock.advance(10_000)
    expect(c.state).toMatchObject({ state: 'exited', status: { code: 137, oomKilled: true } })
  })

  test.each([
    ['a variable that doubles', ['sh', '-c', 'x=a; while true; do x=$x$x; done'], 16],
    ['a line that never ends', ['tail', '/dev/zero'], 16],
    ['one in a container without a limit', ['sh', '-c', 'x=a; while true; do x=$x$x; done'], undefined],
  ])('%s fills it too', async (_, command, megabytes) => {
    const m = machine()
    const c = m.run('busybox', { command, ...(megabytes && { memoryBytes: megabytes * 1024 ** 2 }) })
    await m.clock.advance(60_000)
    expect(c.state).toMatchObject({ state: 'exited', status: { code: 137, oomKilled: true } })
  })

  test('what a variable held is given back', async () => {
    const m = machine()
    const grow = 'x=a; while [ ${#x} -lt 1000000 ]; do x=$x$x; done'
    const command = [
      'sh',
      '-c',
      `i=0; while [ $i -lt 12 ]; do ${grow}; unset x; ${grow}; x=; i=$((i+1)); done; echo kept`,
    ]
    const c = m.run('busybox', { command, memoryBytes: 16 * 1024 ** 2 })
    await m.clock.advance(60_000)
    expect([c.state, c.logs.lines().map(l => l.text)]).toMatchObject([{ status: { code: 0 } }, ['kept']])
  })

  test('a subshell shares what its parent holds, and is charged for what it makes itself', async () => {
    const m = machine()
    const grow = 'x=a; while [ ${#x} -lt 8000000 ]; do x=$x$x; done'
    const start = (script: string) => m.run('busybox', { command: ['sh', '-c', script], memoryBytes: 16 * 1024 ** 2 })
    const little = 'y=$(head -c 70000 /dev/zero | tr "\\0" y)'
    const shared = start(`${grow}; (${little}; x=; echo kept); echo after`)
    const own = start(`${grow}; (y=$x$x; echo kept)`)
    await m.clock.advance(60_000)
    expect(shared.logs.lines().map(l => l.text)).toEqual(['kept', 'after'])
    expect(own.logs.lines().map(l => l.text)).not.toContain('kept')
  })

  test('a loop that never ends lets time pass and can be killed', async () => {
    const m = machine()
    const c = m.run('busybox', { command: ['sh', '-c', 'trap "echo caught; exit 9" TERM; while :; do :; done'] })
    await m.clock.advance(60_000)
    expect(c.usage().cpuMs).toBeGreaterThan(50_000)
    c.kill('TERM')
    await m.clock.advance(1000)
    expect(c.state).toMatchObject({ status: { code: 9 } })
  })
})

describe('history', () => {
  const script =
    'i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo $i $(date +%s) $RANDOM; (sleep 0.$((i%7)); echo late) & sleep 0.3; done; wait'
  const history = async (seed: string, steps: readonly number[]): Promise<string> => {
    const m = machine(seed)
    const c = m.run('busybox', { command: ['sh', '-c', script] })
    for (const ms of steps) await m.clock.advance(ms)
    return JSON.stringify([c.logs.lines(), c.state])
  }

  test('the same seed gives the same bytes, in one jump or in any steps', async () => {
    const whole = await history('a', [60_000])
    expect(await history('a', [60_000])).toBe(whole)
    expect(await history('b', [60_000])).not.toBe(whole)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 20 }), async steps => {
        const rest = 60_000 - steps.reduce((a, b) => a + b, 0)
        fc.pre(rest >= 0)
        expect(await history('a', [...steps, rest])).toBe(whole)
      }),
      { numRuns: 15 },
    )
  })
})

test('a shell that is PID 1 reaps the orphans that it has inherited while it waits for another child', async () => {
  const orphan = 'ps -o comm | grep -c sleep'
  const { out } = await machine().sh(`(sleep 1 &); sleep 0.5; ${orphan}; sleep 2; ${orphan}`)
  expect(out).toBe('1\n0\n')
})
