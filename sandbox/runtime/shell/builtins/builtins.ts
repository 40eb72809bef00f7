/** The commands that a shell does itself. */

import type { Command } from '../../commands/command.ts'
import { echo, echoWith } from '../../commands/scripting/text.ts'
import { readAll } from '../../commands/text/reading.ts'
import { type ErrnoCode, isErrno } from '../../errno.ts'
import { which } from '../../processes/exec.ts'
import { ExitShell, LoopControl, Return, ShellError } from '../control.ts'
import { arithmetic } from '../expansion/expand.ts'
import { keyIn } from '../expansion/parameters.ts'
import { history } from '../interactive/history.ts'
import type { Shell } from '../shell.ts'
import { alias, unalias } from './aliases.ts'
import { type Builtin, out } from './builtin.ts'
import { cd } from './cd.ts'
import { disown, jobs, resume, wait } from './children.ts'
import { declare, declareVariables, local } from './declare.ts'
import { describe, describeAll } from './describe.ts'
import { dirs, popd, pushd } from './directory-stack.ts'
import { unsetFunction } from './exported-functions.ts'
import { getopts, mapfile, read } from './input.ts'
import { ulimit } from './limits.ts'
import { printf } from './printf.ts'
import { complete } from './programmed.ts'
import { set } from './set.ts'
import { shopt } from './shopt.ts'
import { kill, trap } from './signals.ts'
import { BINARY, BINARY_OF_DASH, complainOfTest, TestError, testWords } from './test.ts'
import { umask } from './umask.ts'

/** POSIX's special builtins: found before functions, and their assignments stay. */
export const SPECIAL = new Set([
  '.',
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'times',
  'trap',
  'unset',
  'source',
])

const flavourOf = (shell: Shell): 'busybox' | 'gnu' => (shell.dialect.name === 'ash' ? 'busybox' : 'gnu')

const borrowed =
  (command: Command): Builtin =>
  (shell, args, name) =>
    command({ process: shell.process, name, args, flavour: flavourOf(shell) })

async function status(shell: Shell, text: string | undefined, name: string): Promise<number> {
  if (text === undefined) return name === 'exit' ? shell.statusToExitWith : shell.status
  if (!(shell.dialect.name === 'bash' ? /^[-+]?\d+$/ : /^\d+$/).test(text))
    throw new ShellError(shell.of(name, shell.dialect.notANumber(text)))
  return Number(text) & (name === 'return' && shell.dialect.name === 'dash' ? 0x7fffffff : 255)
}

const source: Builtin = async (shell, args, name) => {
  const file = args[0]
  if (!file) throw new ShellError('.: filename argument required')
  let text: string
  try {
    const path = file.includes('/') ? file : onPath(shell, file)
    // It may be a pipe, as of `<(command)`.
    const stream = shell.process.fs.open(path, 'r')
    try {
      text = await readAll(shell.process, stream)
    } finally {
      stream.close()
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    const wrong = shell.dialect.cannotSource(file, error.code as ErrnoCode, shell.line, name)
    if (shell.dialect.name !== 'bash') throw new ShellError(wrong, 2)
    await shell.complain(wrong)
    return 1
  }
  const { params } = shell
  if (args.length > 1) shell.params = args.slice(1)
  shell.functionDepth++
  try {
    shell.status = 0
    await shell.evaluate(text, { by: file, text: { firstLine: 1, file } })
  } catch (error) {
    if (!(error instanceof Return)) throw error
    shell.status = error.status
  } finally {
    shell.functionDepth--
    if (args.length > 1) shell.params = params
  }
  return shell.status
}

const onPath = (shell: Shell, file: string): string => {
  for (const dir of (shell.get('PATH') ?? '').split(':'))
    if (shell.process.fs.exists(`${dir}/${file}`)) return `${dir}/${file}`
  return file
}

/** What a shell does not have is a program to it, and not found. */
async function absent(shell: Shell, name: string): Promise<number> {
  await shell.complain(shell.dialect.notFound(name))
  return 127
}

const bashOnly =
  (builtin: Builtin): Builtin =>
  (shell, args, name) =>
    shell.dialect.name === 'bash' ? builtin(shell, args, name) : absent(shell, name)

const command: Builtin = async (shell, args) => {
  const words = args[0] === '-p' ? args.slice(1) : args
  // Only bash looks further than the first.
  if (words[0] === '-v' || words[0] === '-V')
    return describe(shell, words.slice(1, shell.dialect.name === 'bash' ? undefined : 2), words[0] === '-V', kindOf)
  if (!words.length) return 0
  const builtin = builtinOf(words[0]!)
  if (builtin) return (await builtin(shell, words.slice(1), words[0]!)) ?? 0
  await shell.interpreter.program(shell, words, { ...shell.process.env })
  return shell.status
}

const kindOf = (name: string): 'special' | 'plain' | undefined =>
  SPECIAL.has(name) ? 'special' : builtinOf(name) && 'plain'

const test: Builtin = async (shell, args, name) => {
  const words = name === '[' ? args.slice(0, -1) : args
  try {
    if (name === '[' && args.at(-1) !== ']') throw new TestError('bracket')
    const binary = shell.dialect.name === 'dash' ? BINARY_OF_DASH : BINARY
    const asks = shell.dialect.name === 'ash' ? 'mode' : 'kernel'
    return testWords(shell.process, words, key => shell.get(key) !== undefined, binary, asks) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    await complainOfTest(shell, name, error, words)
    return 2
  }
}

/** Where programs have been found, which is not kept here: each is looked for anew. */
const hash: Builtin = async (shell, args) => {
  let code = 0
  for (const name of args.filter(arg => !arg.startsWith('-'))) {
    try {
      if (!shell.functions.has(name) && !builtinOf(name)) which(shell.process, name, shell.get('PATH') ?? '')
    } catch (error) {
      if (!isErrno(error)) throw error
      await shell.complainOf('hash', `${name}: not found`)
      code = 1
    }
  }
  if (!args.length && shell.dialect.name === 'bash') await out(shell, 'hash: hash table empty\n')
  return code
}

const unset: Builtin = async (shell, args) => {
  const functions = args[0] === '-f'
  let code = 0
  for (const name of args.filter(arg => arg !== '-f' && arg !== '-v')) {
    const [, array, key] = /^(\w+)\[(.+)\]$/.exec(name) ?? []
    const variable = shell.variables.get(array ?? name)
    if (array && variable?.array) {
      if (key === '@' || key === '*') shell.unset(array)
      else variable.array.delete(variable.associative ? key! : keyIn(shell, array, key!))
    } else if (functions || !variable) unsetFunction(shell, name)
    else if (!variable.readonly) shell.unset(name)
    else if (shell.dialect.name === 'bash') {
      await shell.complain(`unset: ${name}: cannot unset: readonly variable`)
      code = 1
    } else throw new ShellError(shell.of('unset', shell.dialect.readOnly(name)))
  }
  return code
}

const loopControl =
  (next: boolean): Builtin =>
  async (shell, args, name) => {
    if (shell.loops) throw new LoopControl(Math.max(1, Number(args[0] ?? 1)), next)
    if (shell.dialect.name === 'bash')
      await shell.complain(`${name}: only meaningful in a \`for', \`while', or \`until' loop`)
    return 0
  }

/** A command may be called `constructor`. */
export const builtinOf = (name: string): Builtin | undefined =>
  Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  '.': source,
  source: (shell, args, name) => (shell.dialect.name === 'dash' ? absent(shell, name) : source(shell, args, name)),
  alias,
  bg: resume(false),
  builtin: bashOnly(async (shell, args) => {
    const [name, ...rest] = args
    if (name === undefined) return 0
    const builtin = builtinOf(name)
    if (builtin) return (await builtin(shell, rest, name)) ?? 0
    await shell.complain(`builtin: ${name}: not a shell builtin`)
    return 1
  }),
  break: loopControl(false),
  cd,
  command,
  complete: bashOnly(complete),
  continue: loopControl(true),
  echo: (shell, args, name) => borrowed(shell.dialect.name === 'dash' ? echoWith(true) : echo)(shell, args, name),
  eval: async (shell, args) => {
    shell.status = 0
    await shell.evaluate(args.join(' '), {
      by: 'eval',
      text: { ...shell.text, firstLine: shell.dialect.name === 'dash' ? 1 : shell.line },
    })
    return shell.status
  },
  exit: async (shell, args) => {
    if (args.length > 1 && shell.dialect.name === 'bash' && /^\d+$/.test(args[0]!)) {
      await shell.complain('exit: too many arguments')
      return 1
    }
    throw new ExitShell(await status(shell, args[0], 'exit'))
  },
  export: declare('exported'),
  fg: resume(true),
  getopts,
  hash,
  history: bashOnly(history),
  jobs,
  kill,
  let: async (shell, args) => {
    if (shell.dialect.name === 'dash') return absent(shell, 'let')
    if (!args.length) {
      await shell.complainOf('let', 'expression expected')
      return shell.dialect.name === 'bash' ? 1 : 2
    }
    let last = '0'
    try {
      for (const expression of args) last = await arithmetic(shell, expression)
    } catch (error) {
      // It is no more than a command that has failed.
      if (!(error instanceof ShellError)) throw error
      await shell.complainOf('let', error.message)
      return error.status
    }
    return last === '0' ? 1 : 0
  },
  local,
  mapfile: bashOnly(mapfile),
  readarray: bashOnly(mapfile),
  declare: bashOnly(declareVariables),
  typeset: bashOnly(declareVariables),
  dirs: bashOnly(dirs),
  disown: bashOnly(disown),
  popd: bashOnly(popd),
  pushd: bashOnly(pushd),
  shopt: bashOnly(shopt),
  printf,
  pwd: async shell => void (await out(shell, `${shell.process.cwd}\n`)),
  read,
  readonly: declare('readonly'),
  return: async (shell, args) => {
    if (shell.dialect.name === 'bash' && !shell.functionDepth) {
      await shell.complain("return: can only `return' from a function or sourced script")
      return 2
    }
    if (shell.dialect.name === 'bash' && args[0] !== undefined && !/^[-+]?\d+$/.test(args[0])) {
      await shell.complain(`return: ${shell.dialect.notANumber(args[0])}`)
      throw new Return(2)
    }
    throw new Return(await status(shell, args[0], 'return'))
  },
  set,
  shift: async (shell, args) => {
    if (args[0] !== undefined && shell.dialect.name === 'bash' && !/^[-+]?\d+$/.test(args[0])) {
      await shell.complain(`shift: ${shell.dialect.notANumber(args[0])}`)
      return 1
    }
    const n = args[0] === undefined ? 1 : await status(shell, args[0], 'shift')
    if (n > shell.params.length) {
      if (shell.dialect.name === 'dash') throw new ShellError("shift: can't shift that many")
      return 1
    }
    shell.params.splice(0, n)
    return 0
  },
  test,
  '[': test,
  times: async shell => void (await out(shell, '0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n')),
  trap,
  type: (shell, args) =>
    shell.dialect.name === 'bash' ? describeAll(shell, args, kindOf) : describe(shell, args, true, kindOf),
  umask,
  unalias,
  ulimit,
  unset,
  wait,
}
