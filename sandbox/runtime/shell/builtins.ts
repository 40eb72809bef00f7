/** The commands that a shell does itself. */

import type { Command } from '../commands/command.ts'
import { echo, echoWith, printf } from '../commands/text.ts'
import { isErrno } from '../errno.ts'
import { normalize } from '../path.ts'
import { type Builtin, out, quote } from './builtin.ts'
import { jobs, resume, wait } from './children.ts'
import { declare, declareVariables, local } from './declare.ts'
import { describe } from './describe.ts'
import { arithmetic } from './expand.ts'
import { getopts, mapfile, read } from './input.ts'
import { ulimit } from './limits.ts'
import { ExitShell, LoopControl, Return, type Shell, ShellError } from './shell.ts'
import { kill, trap } from './signals.ts'
import { BINARY, BINARY_OF_DASH, TestError, testWords } from './test.ts'

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
  if (text === undefined) return shell.status
  if (!/^\d+$/.test(text)) throw new ShellError(shell.of(name, shell.dialect.notANumber(text)))
  return Number(text) & 255
}

const set: Builtin = async (shell, args) => {
  if (!args.length) {
    const lines = [...shell.variables].filter(([, v]) => v.value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
    return void (await out(shell, lines.map(([key, v]) => `${key}=${quote(v.value!)}\n`).join('')))
  }
  const words = [...args]
  while (words.length) {
    const word = words[0]!
    if (word === '--') {
      shell.params = words.slice(1)
      return 0
    }
    if (!/^[-+]./.test(word)) break
    words.shift()
    const on = word[0] === '-'
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? words.shift() : letter
      if (name === undefined) await out(shell, shell.listOptions())
      else if (!shell.setOption(name, on)) {
        const option = `${word[0]}${letter}${letter === 'o' ? ` ${name}` : ''}`
        if (shell.dialect.name !== 'bash') {
          const illegal = shell.of('set', `${shell.dialect.name === 'ash' ? 'illegal' : 'Illegal'} option ${option}`)
          if (shell.dialect.name === 'dash' || letter !== 'o') throw new ShellError(illegal)
          await shell.complain(illegal)
          return 1
        }
        await shell.complain(`set: ${letter === 'o' ? `${name}: invalid option name` : `${option}: invalid option`}`)
        return 2
      }
    }
  }
  if (words.length) shell.params = words
  return 0
}

const cd: Builtin = async (shell, args) => {
  const target = args.filter(arg => arg !== '-L' && arg !== '-P' && arg !== '--')[0]
  const to = target === '-' ? shell.get('OLDPWD') : (target ?? shell.get('HOME'))
  if (to === undefined || to === '') {
    if (target !== '-') return 0
    if (shell.dialect.name === 'bash') {
      await shell.complain('cd: OLDPWD not set')
      return 1
    }
    await out(shell, `${shell.process.cwd}\n`)
    return 0
  }
  const path = normalize(to.startsWith('/') ? to : `${shell.process.cwd}/${to}`)
  try {
    if (shell.process.fs.stat(path).type !== 'directory') {
      await shell.complain(shell.dialect.cannotCd(to, 'ENOTDIR', shell.line))
      return shell.dialect.name === 'bash' ? 1 : 2
    }
    shell.process.fs.stat(`${path}/.`)
  } catch (error) {
    if (!isErrno(error)) throw error
    await shell.complain(shell.dialect.cannotCd(to, error.code as 'ENOENT', shell.line))
    return shell.dialect.name === 'bash' ? 1 : 2
  }
  shell.set('OLDPWD', shell.process.cwd)
  shell.process.cwd = path
  shell.set('PWD', path)
  shell.exportToProcess('PWD', path)
  if (target === '-') await out(shell, `${path}\n`)
  return 0
}

const source: Builtin = async (shell, args) => {
  const file = args[0]
  if (!file) throw new ShellError('.: filename argument required')
  let text: string
  try {
    const path = file.includes('/') ? file : onPath(shell, file)
    text = shell.process.fs.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new ShellError(shell.dialect.cannotSource(file, shell.line), shell.dialect.name === 'bash' ? 1 : 2)
  }
  const { params } = shell
  if (args.length > 1) shell.params = args.slice(1)
  shell.functionDepth++
  try {
    shell.status = 0
    await shell.evaluate(text)
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
  if (words[0] === '-v' || words[0] === '-V') return describe(shell, words.slice(1), words[0] === '-V', kindOf)
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
    return testWords(shell.process, words, key => shell.get(key) !== undefined, binary) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    await shell.complain(shell.dialect.test(name, error, words))
    return 2
  }
}

const umask: Builtin = async (shell, args) => {
  const [mode] = args
  if (mode && /^[0-7]+$/.test(mode)) shell.umask = Number.parseInt(mode, 8)
  else if (mode && /^\d/.test(mode)) {
    await shell.complainOf('umask', shell.dialect.notAMode(mode))
    return shell.dialect.name === 'bash' ? 1 : 2
  } else await out(shell, `${shell.umask.toString(8).padStart(4, '0')}\n`)
  return 0
}

const alias: Builtin = async (shell, args) => {
  if (!args.length)
    await out(
      shell,
      [...shell.aliases]
        .map(([name, value]) => `${shell.dialect.name === 'bash' ? 'alias ' : ''}${name}=${quote(value)}\n`)
        .join(''),
    )
  for (const word of args) {
    const at = word.indexOf('=')
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1))
    else if (shell.aliases.has(word))
      await out(shell, `${shell.dialect.name === 'bash' ? 'alias ' : ''}${word}=${quote(shell.aliases.get(word)!)}\n`)
    else {
      if (shell.dialect.name === 'bash') await shell.complain(`alias: ${word}: not found`)
      else await shell.process.write(2, `alias: ${word} not found\n`)
      return 1
    }
  }
  return 0
}

const loopControl =
  (next: boolean): Builtin =>
  (shell, args) => {
    if (shell.loops) throw new LoopControl(Math.max(1, Number(args[0] ?? 1)), next)
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
  break: loopControl(false),
  cd,
  command,
  continue: loopControl(true),
  echo: (shell, args, name) => borrowed(shell.dialect.name === 'dash' ? echoWith(true) : echo)(shell, args, name),
  eval: async (shell, args) => {
    shell.status = 0
    await shell.evaluate(args.join(' '))
    return shell.status
  },
  exit: async (shell, args) => {
    throw new ExitShell(await status(shell, args[0], 'exit'))
  },
  export: declare('exported'),
  fg: resume(true),
  getopts,
  hash: () => 0,
  jobs,
  kill,
  let: async (shell, args) => {
    if (shell.dialect.name === 'dash') return absent(shell, 'let')
    let last = '0'
    for (const expression of args) last = await arithmetic(shell, expression)
    return last === '0' ? 1 : 0
  },
  local,
  mapfile: bashOnly(mapfile),
  readarray: bashOnly(mapfile),
  declare: bashOnly(declareVariables),
  typeset: bashOnly(declareVariables),
  printf: (shell, args) => borrowed(printf)(shell, args, shell.dialect.name === 'ash' ? shell.name : 'printf'),
  pwd: async shell => void (await out(shell, `${shell.process.cwd}\n`)),
  read,
  readonly: declare('readonly'),
  return: async (shell, args) => {
    if (shell.dialect.name === 'bash' && !shell.functionDepth) {
      await shell.complain("return: can only `return' from a function or sourced script")
      return 2
    }
    throw new Return(await status(shell, args[0], 'return'))
  },
  set,
  shift: async (shell, args) => {
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
  type: (shell, args) => describe(shell, args, true, kindOf),
  umask,
  unalias: (shell, args) => {
    for (const name of args) name === '-a' ? shell.aliases.clear() : shell.aliases.delete(name)
  },
  ulimit,
  unset: (shell, args) => {
    const functions = args[0] === '-f'
    for (const name of args.filter(arg => arg !== '-f' && arg !== '-v')) {
      const [, array, key] = /^(\w+)\[(.+)\]$/.exec(name) ?? []
      if (array && shell.variables.get(array)?.array) {
        shell.variables.get(array)!.array!.delete(key!)
        continue
      }
      functions
        ? shell.functions.delete(name)
        : shell.variables.has(name)
          ? shell.unset(name)
          : shell.functions.delete(name)
    }
  },
  wait,
}
