/** Running a program to its end: what it returns or throws becomes an exit status. */
import { isOutOfMemory, isStackOverflow } from '../kernel/memory.ts'
import type { Proc } from './proc.ts'
import { Errno, type ExitStatus, type Program } from './process.ts'
import { UNWIND } from './unwind.ts'

/**
 * A system call that fails and is not caught ends the program with its words, and a stack that overflows as it does a real
 * one; any other error is a fault of the simulation, and reaches whoever moves the clock.
 * @param ended told also by a program that `exec` has replaced, whose end means nothing
 */
export function runProgram(process: Proc, program: Program, ended: (status: ExitStatus) => void): void {
  const { incarnation } = process
  const failed = (error: unknown): void | Promise<void> => {
    if (incarnation !== process.incarnation || error === UNWIND) return ended({ code: 0 })
    if (isOutOfMemory(error)) {
      process.world.cgroup.exhausted(process)
      return ended({ code: 137, signal: 'KILL', oomKilled: true })
    }
    if (isStackOverflow(error)) return ended({ code: 139, signal: 'SEGV' })
    if (!(error instanceof Errno)) {
      ended({ code: 255 })
      throw error
    }
    const name = process.argv[0]?.split('/').pop() ?? ''
    return process.write(2, `${name}: ${error.message}\n`).then(
      () => ended({ code: 1 }),
      () => ended({ code: 1 }),
    )
  }
  let result: ReturnType<Program>
  try {
    result = program(process)
  } catch (error) {
    failed(error)
    return
  }
  if (result instanceof Promise) {
    result.then(code => ended(exitStatus(code)), failed).catch(error => process.clock.soon(() => Promise.reject(error)))
  } else ended(exitStatus(result))
}

const exitStatus = (code: Awaited<ReturnType<Program>>): ExitStatus => ({ code: (code ?? 0) & 255 })
