/** `top`. */

import { isErrno } from '../../errno.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { COOKED, RAW, terminalOf } from '../../processes/terminal.ts'
import { machineMemory } from '../../pseudofs/procfs.ts'
import { type Command, options, print } from '../command.ts'
import { nameOf } from '../files/modes.ts'
import { commandLine, processes } from './processes.ts'

export const top: Command = async call => {
  const { kernel, world } = call.process as Proc
  const { pids } = world
  const flags = options(call, 'bn:d:H')
  const times = flags.value('n') ? Number(flags.value('n')) : Number.POSITIVE_INFINITY
  const terminal = terminalOf(call.process.fds[0])
  const delay = Number(flags.value('d') ?? 5) * 1000
  if (terminal && !flags.has('b')) terminal.mode = { ...RAW, signals: true }
  try {
    for (let i = 0; i < times; i++) {
      const { used, free } = machineMemory(kernel, world)
      const rows = processes(call.process).map(
        p =>
          `${String(pids.idOf(p)).padStart(5)} ${String(pids.parentOf(p)).padStart(5)} ${nameOf(call.process, p.uid, '/etc/passwd').padEnd(8)} ${p.state.padEnd(3)} ${String(Math.round(p.memory / 1024)).padStart(6)}   0%   0% ${commandLine(p)}`,
      )
      const clear = terminal && !flags.has('b') ? '\x1b[H\x1b[J' : ''
      await print(
        call,
        `${clear}Mem: ${Math.round(used / 1024)}K used, ${Math.round(free / 1024)}K free\nCPU:   0% usr   0% sys   0% nic 100% idle\nLoad average: 0.00 0.01 0.05\n  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n${rows.join('\n')}\n`,
      )
      if (i + 1 >= times) break
      if (terminal && !flags.has('b')) {
        const key = await keyWithin(call.process, delay)
        if (key === 'q') break
      } else await call.process.sleep(delay)
    }
  } finally {
    if (terminal) terminal.mode = { ...COOKED }
  }
}

/** A key pressed within a time, or ''. */
async function keyWithin(process: Process, ms: number): Promise<string> {
  const callOff = process.alarm(ms)
  process.on('ALRM', () => {})
  try {
    return await process.read(0, 1)
  } catch (error) {
    if (isErrno(error, 'EINTR')) return ''
    throw error
  } finally {
    callOff()
    process.on('ALRM', undefined)
  }
}
