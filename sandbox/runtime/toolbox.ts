/**
 * Shells and commands as programs of processes: what a file of `programs.ts` stands for. Loaded when the first process
 * runs one, since a cluster is up long before that.
 */
import { type Command, type Flavour, Refusal, Usage } from './commands/command.ts'
import { COMMANDS } from './commands/index.ts'
import { isErrno } from './errno.ts'
import type { Program } from './process.ts'
import type { Dialect } from './shell/dialect.ts'
import { shellProgram } from './shell/program.ts'

/** A command as the program of a process. */
const commandProgram =
  (command: Command, name: string, flavour: Flavour, args?: readonly string[]): Program =>
  async process => {
    const call = { process, name, flavour, args: args ?? process.argv.slice(1) }
    process.memory ||= 400_000
    try {
      return await command(call)
    } catch (error) {
      if (error instanceof Usage) {
        await process.write(
          2,
          `${name}: ${error.message}\n${flavour === 'gnu' && !error.message.includes('\n') ? `Try '${name} --help' for more information.\n` : ''}`,
        )
        return error.code
      }
      if (error instanceof Refusal) {
        await process.write(2, `${name}: ${error.message}\n`)
        return error.code
      }
      if (!isErrno(error)) throw error
      await process
        .write(2, `${name}: ${error.code === 'EPIPE' ? 'write error: ' : ''}${error.message}\n`)
        .catch(() => {})
      return 1
    }
  }

export const shell = (dialect: Dialect['name']): Program => shellProgram(dialect)

const missing =
  (text: string): Program =>
  process =>
    process.write(2, text).then(() => 127)

export function gnu(name: string): Program {
  const command = COMMANDS[name]
  return command ? commandProgram(command, name, 'gnu') : missing(`${name}: not simulated\n`)
}

export const busybox: Program = process => {
  const words = process.argv[0]!.split('/').pop() === 'busybox' ? process.argv.slice(1) : process.argv
  const name = (words[0] ?? '').split('/').pop()!.replace(/^-/, '')
  if (!name) {
    return process
      .write(
        1,
        'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\nCopyright the simulation; see `ls /bin` for the applets.\n',
      )
      .then(() => 0)
  }
  if (name === 'sh' || name === 'ash') return shell('ash')(process)
  const command = COMMANDS[name]
  return (command ? commandProgram(command, name, 'busybox', words.slice(1)) : missing(`${name}: applet not found\n`))(
    process,
  )
}
