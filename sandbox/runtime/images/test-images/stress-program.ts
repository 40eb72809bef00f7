/** stress: eats CPU and memory on request. */

import { forever } from '../../network/serving.ts'
import type { Process, Program } from '../../processes/process.ts'

const UNITS: Record<string, number> = { '': 1, B: 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }
const SECONDS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

const bytes = (text: string): number => {
  const match = /^([\d.]+)([BKMG]?)$/i.exec(text)
  return match ? Number(match[1]) * UNITS[match[2]!.toUpperCase()]! : 0
}

/** Much at once, so that a worker costs one timer a minute. */
const CHUNK_MS = 60_000
/** How fast memory is touched. */
const BYTES_PER_STEP = 64 * 1024 ** 2

const burn: Program = async process => {
  for (;;) await process.compute(CHUNK_MS)
}

const hold =
  (size: number, keep: boolean, hang: number | undefined): Program =>
  async process => {
    for (;;) {
      for (let held = 0; held < size; ) {
        held = Math.min(size, held + BYTES_PER_STEP)
        await process.compute(20)
        process.memory = held
      }
      if (hang === 0) await forever(process)
      if (hang !== undefined) await process.sleep(hang * 1000)
      else await process.compute(CHUNK_MS)
      if (!keep) process.memory = 0
    }
  }

export const stress: Program = async process => {
  const words = process.argv.slice(1)
  const value = (...names: string[]): string | undefined => {
    for (const [i, word] of words.entries()) {
      for (const name of names) {
        if (word === name) return words[i + 1]
        if (word.startsWith(`${name}=`)) return word.slice(name.length + 1)
      }
    }
    return undefined
  }
  const counts = {
    cpu: Number(value('--cpu', '-c') ?? 0),
    io: Number(value('--io', '-i') ?? 0),
    vm: Number(value('--vm', '-m') ?? 0),
    hdd: Number(value('--hdd', '-d') ?? 0),
  }
  const timeout = /^(\d+)([smhd]?)$/.exec(value('--timeout', '-t') ?? '')
  process.memory = 800_000
  const startedAt = process.clock.now()
  const say = (kind: string, text: string): Promise<void> =>
    process.write(kind === 'FAIL' ? 2 : 1, `stress: ${kind}: [${process.pid}] ${text}\n`)
  if (!Object.values(counts).some(Boolean)) {
    await process.write(
      1,
      "`stress' imposes certain types of compute stress on your system\n\nUsage: stress [OPTION [ARG]] ...\n",
    )
    return 0
  }
  await say('info', `dispatching hogs: ${counts.cpu} cpu, ${counts.io} io, ${counts.vm} vm, ${counts.hdd} hdd`)
  const hang = value('--vm-hang')
  const work: Program[] = [
    ...Array<Program>(counts.cpu + counts.io + counts.hdd).fill(burn),
    ...Array<Program>(counts.vm).fill(
      hold(
        bytes(value('--vm-bytes') ?? '256M'),
        words.includes('--vm-keep'),
        hang === undefined ? undefined : Number(hang),
      ),
    ),
  ]
  const workers = work.map(program => process.spawn({ argv: process.argv, program }))
  const stop = (): void => {
    for (const worker of workers) tryKill(process, worker.pid)
  }
  process.on('TERM', () => {
    stop()
    process.exit(1)
  })
  let finished = false
  if (timeout) {
    process.clock.after(Number(timeout[1]) * 1000 * SECONDS[timeout[2]!]!, () => {
      finished = true
      stop()
    })
  }
  for (const worker of workers) {
    const { status } = await process.wait(worker.pid)
    if (finished) continue
    await say('FAIL', `(416) <-- worker ${worker.pid} got signal ${status.signal === 'KILL' ? 9 : status.code - 128}`)
    stop()
    await say('FAIL', `(452) failed run completed in ${Math.round((process.clock.now() - startedAt) / 1000)}s`)
    return 1
  }
  await say('info', `successful run completed in ${timeout?.[1] ?? 0}s`)
  return 0
}

function tryKill(process: Process, pid: number): void {
  try {
    process.kill(pid, 'KILL')
  } catch {
    // It has ended already.
  }
}
