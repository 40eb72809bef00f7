/**
 * From an executable file to what it does. A binary's content only names its program, so that copying one, or finding it
 * on a shared volume, works as with real ones.
 */

import { type Command, type Flavour, Usage } from './commands/command.ts'
import { COMMANDS } from './commands/index.ts'
import { isErrno } from './errno.ts'
import type { Loader } from './kernel.ts'
import type { Process, Program } from './process.ts'
import type { Dialect } from './shell/dialect.ts'
import { shellProgram } from './shell/program.ts'

const MAGIC = '\x7fELF\x02\x01\x01\0'

/** The content of an executable file that runs `name`. */
export const binary = (name: string): string => `${MAGIC}${name}\0`

/** A command as the program of a process. */
export const commandProgram =
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
      if (!isErrno(error)) throw error
      await process
        .write(2, `${name}: ${error.code === 'EPIPE' ? 'write error: ' : ''}${error.message}\n`)
        .catch(() => {})
      return 1
    }
  }

const busybox: Program = process => {
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
  return applet(process, name, words)
}

function applet(process: Process, name: string, words: readonly string[]): ReturnType<Program> {
  if (name === 'sh' || name === 'ash') return shellProgram('ash')(process)
  const command = COMMANDS[name]
  if (!command) return process.write(2, `${name}: applet not found\n`).then(() => 127)
  return commandProgram(command, name, 'busybox', words.slice(1))(process)
}

export const programLoader =
  (programs: Readonly<Record<string, Program>>): Loader =>
  content => {
    if (!content.startsWith(MAGIC)) return undefined
    const name = content.slice(MAGIC.length, content.indexOf('\0', MAGIC.length))
    if (name === 'busybox') return { program: busybox }
    const [family, tool] = name.split('/') as [string, string | undefined]
    if (family === 'shell') return { program: shellProgram(tool as Dialect['name']) }
    if (family === 'gnu' && COMMANDS[tool!]) return { program: commandProgram(COMMANDS[tool!]!, tool!, 'gnu') }
    const program = programs[name]
    return program && { program }
  }
