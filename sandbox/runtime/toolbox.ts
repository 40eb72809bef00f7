/**
 * Shells and commands as programs of processes: what a file of `programs.ts` stands for. Loaded when the first process
 * runs one, since a cluster is up long before that.
 */
import {
  Asked,
  asked,
  type Call,
  type Command,
  type Flavour,
  Missing,
  Refusal,
  Usage,
  WrongOption,
} from './commands/command.ts'
import { gnuWords } from './commands/gnu-words.ts'
import { COMMANDS } from './commands/index.ts'
import { notSimulated } from './commands/various.ts'
import { isErrno } from './errno.ts'
import { APPLETS } from './images/image.ts'
import { BUSYBOX } from './images/unsimulated.ts'
import type { Process, Program } from './processes/process.ts'
import type { Dialect } from './shell/dialect.ts'
import { shellProgram } from './shell/program.ts'

/** A command as the program of a process. */
const commandProgram =
  (command: Command, name: string, flavour: Flavour, args?: readonly string[]): Program =>
  async process => {
    const call = { process, name, flavour, args: args ?? process.argv.slice(1) }
    process.memory ||= 400_000
    try {
      const about = flavour === 'gnu' && call.args.length === 1 ? asked(call.args[0]!) : undefined
      if (about && (await answer(process, name, about))) return 0
      return await command(call)
    } catch (error) {
      if (error instanceof Asked && (await answer(process, name, error.about))) return 0
      if (error instanceof Usage) {
        await process.write(2, await wordsFor(error, call))
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

/** What a tool of Debian's says of itself, if that is known. */
async function answer(process: Process, name: string, about: 'help' | 'version'): Promise<boolean> {
  const { ANSWERS } = await process.load(import('./commands/help/debian-answers.ts'))
  const text = ANSWERS[name]?.[about]
  if (text) await process.write(1, text)
  return text !== undefined
}

/** What is said of a wrong use. */
async function wordsFor(error: Usage, { process, name, flavour }: Call): Promise<string> {
  if (flavour === 'gnu' && name === 'sed' && (error instanceof Missing || error instanceof WrongOption)) {
    // It shows its whole usage.
    const { ANSWERS } = await process.load(import('./commands/help/debian-answers.ts'))
    return (error instanceof Missing ? '' : `sed: ${error.message}\n`) + ANSWERS.sed!.help
  }
  if (flavour === 'gnu') return gnuWords(error, name)
  const complaint = `${name}: ${error.message}\n`
  if (!(error instanceof Missing || error instanceof WrongOption)) return complaint
  const { usageOf } = await process.load(usage())
  return (error instanceof Missing ? '' : complaint) + usageOf(name)
}

const usage = () => import('./commands/busybox-usage.ts')

export const shell = (dialect: Dialect['name']): Program => shellProgram(dialect)

const missing =
  (text: string): Program =>
  process =>
    process.write(2, text).then(() => 127)

export function gnu(name: string): Program {
  return commandProgram(COMMANDS[name] ?? notSimulated, name, 'gnu')
}

/** What busybox says of itself, and of an applet that is asked for `--help`. */
async function tell(process: Process, name: string): Promise<number> {
  if (name === '--list') return process.write(1, `${APPLETS.join('\n')}\n`).then(() => 0)
  const { about, usageOf } = await process.load(usage())
  if (name && name !== '--help') return process.write(2, usageOf(name)).then(() => 0)
  return process.write(1, about(APPLETS)).then(() => 0)
}

/** Those to whom `--help` is a word like any other. */
const WITHOUT_HELP: ReadonlySet<string> = new Set(['[', 'echo', 'false', 'test', 'true'])

export const busybox: Program = process => {
  const words = process.argv[0]!.split('/').pop() === 'busybox' ? process.argv.slice(1) : process.argv
  const name = (words[0] ?? '')
    .split('/')
    .pop()!
    .replace(/^-(?!-)/, '')
  const askedFor = words[1] === '--help' && !WITHOUT_HELP.has(name)
  if (
    !name ||
    name === '--list' ||
    name === '--help' ||
    (askedFor && (COMMANDS[name] || name === 'sh' || name === 'ash'))
  )
    return tell(process, name)
  if (name === 'sh' || name === 'ash') return shell('ash')(process)
  const command = COMMANDS[name] ?? (BUSYBOX.includes(name) ? notSimulated : undefined)
  return (command ? commandProgram(command, name, 'busybox', words.slice(1)) : missing(`${name}: applet not found\n`))(
    process,
  )
}
