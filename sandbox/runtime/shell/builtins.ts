/** The commands that a shell does itself. */

import type { Command } from '../commands/command.ts'
import { echo, echoWith, printf } from '../commands/text.ts'
import { isErrno } from '../errno.ts'
import { which } from '../exec.ts'
import { normalize } from '../path.ts'
import { SIGNAL_NUMBER, type Signal } from '../process.ts'
import { terminalOf } from '../terminal.ts'
import { arrayOf } from './arrays.ts'
import { arithmetic, waitFor } from './expand.ts'
import { getopts, mapfile, read } from './input.ts'
import { ExitShell, LoopControl, Return, type Shell, ShellError } from './shell.ts'
import { TestError, testWords } from './test.ts'

// biome-ignore lint/suspicious/noConfusingVoidType: a builtin that ends without a word has succeeded
export type Builtin = (shell: Shell, args: readonly string[], name: string) => Promise<number | void> | number | void

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

const out = (shell: Shell, text: string): Promise<void> => shell.process.write(1, text)

const flavourOf = (shell: Shell): 'busybox' | 'gnu' => (shell.dialect.name === 'ash' ? 'busybox' : 'gnu')

const borrowed =
  (command: Command): Builtin =>
  (shell, args, name) =>
    command({ process: shell.process, name, args, flavour: flavourOf(shell) })

export const quote = (value: string): string => `'${value.replaceAll("'", `'"'"'`)}'`

const NAME = /^[A-Za-z_]\w*$/

async function status(shell: Shell, text: string | undefined, name: string): Promise<number> {
  if (text === undefined) return shell.status
  if (!/^\d+$/.test(text)) throw new ShellError(`${name}: Illegal number: ${text}`)
  return Number(text) & 255
}

/** `export` and `readonly`. */
const declare =
  (mark: 'exported' | 'readonly'): Builtin =>
  async (shell, args, name) => {
    const names = args.filter(arg => arg !== '-p' && arg !== '--')
    if (!names.length) {
      const lines = [...shell.variables]
        .filter(([, v]) => v[mark])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, v]) => `${name} ${key}${v.value === undefined ? '' : `=${quote(v.value)}`}\n`)
      await out(shell, lines.join(''))
      return 0
    }
    const unexport = mark === 'exported' && names[0] === '-n'
    for (const word of unexport ? names.slice(1) : names) {
      const at = word.indexOf('=')
      const append = at > 0 && word[at - 1] === '+'
      const key = at < 0 ? word : word.slice(0, append ? at - 1 : at)
      if (!NAME.test(key))
        throw new ShellError(
          shell.dialect.name === 'bash'
            ? `${name}: \`${word}': not a valid identifier`
            : `${name}: ${key}: bad variable name`,
          shell.dialect.name === 'bash' ? 1 : 2,
        )
      if (at >= 0) shell.set(key, append ? (shell.get(key) ?? '') + word.slice(at + 1) : word.slice(at + 1))
      const variable = shell.variables.get(key) ?? { value: undefined }
      variable[mark] = !unexport
      shell.variables.set(key, variable)
      if (mark === 'exported') shell.exportToProcess(key, unexport ? undefined : variable.value)
    }
    return 0
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
      if (letter === 'o') {
        const name = words.shift()
        if (name === undefined)
          await out(
            shell,
            shell
              .optionNames()
              .map(([n, v]) => `${n.padEnd(15)} ${v ? 'on' : 'off'}\n`)
              .join(''),
          )
        else if (!shell.setOption(name, on)) throw new ShellError(`set: illegal option ${word} ${name}`)
      } else if (!shell.setOption(letter, on)) throw new ShellError(`set: illegal option ${word[0]}${letter}`)
    }
  }
  if (words.length) shell.params = words
  return 0
}

const cd: Builtin = async (shell, args) => {
  const target = args.filter(arg => arg !== '-L' && arg !== '-P' && arg !== '--')[0]
  const to = target === '-' ? shell.get('OLDPWD') : (target ?? shell.get('HOME'))
  if (to === undefined || to === '') {
    if (target === '-') await shell.complain('cd: OLDPWD not set')
    return target === '-' ? 1 : 0
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

export const signalName = (word: string): Signal | 'EXIT' | undefined => {
  if (word === '0' || word === 'EXIT') return 'EXIT'
  const bare = word.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare))
    return (Object.keys(SIGNAL_NUMBER) as Signal[]).find(name => SIGNAL_NUMBER[name] === Number(bare))
  return bare in SIGNAL_NUMBER ? (bare as Signal) : undefined
}

const trap: Builtin = async (shell, args) => {
  const words = args[0] === '--' ? args.slice(1) : args
  if (!words.length) {
    const lines = [...shell.traps].map(([signal, action]) => `trap -- ${quote(action)} ${signal}\n`)
    await out(shell, lines.join(''))
    return undefined
  }
  const lone = words.length === 1
  const action = lone ? '-' : words[0]!
  for (const word of lone ? words : words.slice(1)) {
    const signal = signalName(word)
    if (!signal) {
      await shell.complain(
        shell.dialect.name === 'bash'
          ? `trap: ${word}: invalid signal specification`
          : `trap: ${shell.dialect.name === 'ash' ? `${word}: invalid signal specification` : `bad trap`}`,
      )
      return 1
    }
    if (action === '-') shell.traps.delete(signal)
    else shell.traps.set(signal, action)
    if (signal === 'EXIT' || signal === 'KILL' || signal === 'STOP') continue
    shell.process.on(signal, action === '-' ? undefined : action === '' ? 'ignore' : () => shell.pending.push(signal))
  }
  return 0
}

const wait: Builtin = async (shell, args) => {
  const { process, jobs } = shell
  let last = 0
  try {
    if (!args.length) {
      for (const job of [...jobs.list]) {
        if (job.state === 'done') continue
        await process.wait(job.pid).catch(error => {
          if (!isErrno(error, 'ECHILD')) throw error
        })
        jobs.remove(job)
      }
      jobs.list.length = 0
      return 0
    }
    for (const word of args) {
      const job = word.startsWith('%') ? jobs.find(word) : jobs.byPid(Number(word))
      if (!job) {
        last = 127
        continue
      }
      last = job.status?.code ?? (await process.wait(job.pid)).status.code
      jobs.remove(job)
    }
    return last
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
    return 128 + SIGNAL_NUMBER[shell.pending[0] ?? 'INT']
  }
}

const kill: Builtin = async (shell, args) => {
  let signal: Signal | 'EXIT' | undefined = 'TERM'
  const words = [...args]
  if (words[0] === '-l' && words[1]) {
    const name = signalName(/^\d+$/.test(words[1]) ? String(Number(words[1]) & 127) : words[1])
    await out(shell, `${/^\d+$/.test(words[1]) ? name : SIGNAL_NUMBER[name as Signal]}\n`)
    return 0
  }
  if (words[0] === '-l') {
    await out(
      shell,
      `${Object.entries(SIGNAL_NUMBER)
        .map(([name, n]) => `${String(n).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    )
    return 0
  }
  if (words[0] === '-s' || words[0] === '-n') {
    signal = signalName(words[1] ?? '')
    words.splice(0, 2)
  } else if (words.length > 1 && /^-./.test(words[0]!) && words[0] !== '--')
    signal = signalName(words.shift()!.slice(1))
  if (words[0] === '--') words.shift()
  if (!signal) {
    await shell.complain(`kill: bad signal name '${args[0]!.replace(/^-/, '')}'`)
    return 1
  }
  let code = 0
  for (const word of words) {
    const pid = word.startsWith('%') ? -(shell.jobs.find(word)?.group ?? 0) : Number(word)
    if (!word || Number.isNaN(pid) || (word.startsWith('%') && !pid)) {
      await shell.complain(`kill: ${word.startsWith('%') ? `${word}: no such job` : `invalid number '${word}'`}`)
      code = 1
      continue
    }
    try {
      const job = word.startsWith('%') ? shell.jobs.find(word) : undefined
      if (job && !shell.interactive) shell.process.kill(job.pid, signal as Signal)
      else if (signal === 'EXIT') {
        if (pid > 0 && !shell.process.fs.exists(`/proc/${pid}`)) throw Object.assign(new Error(), { code: 'ESRCH' })
      } else shell.process.kill(pid, signal)
    } catch (error) {
      const failure = (error as { code?: string }).code
      if (failure !== 'ESRCH' && failure !== 'EPERM') throw error
      const what = failure === 'ESRCH' ? 'No such process' : 'Operation not permitted'
      await shell.complain(
        shell.dialect.name === 'dash'
          ? `kill: ${what}`
          : shell.dialect.name === 'bash'
            ? `kill: (${word}) - ${what}`
            : `can't kill pid ${word}: ${what}`,
      )
      code = 1
    }
  }
  return code
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

const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  '{',
  '}',
  '!',
  'in',
])

/** `command -v`, `-V` and `type`. */
async function describe(shell: Shell, names: readonly string[], wordy: boolean): Promise<number> {
  let code = 0
  for (const name of names) {
    const alias = shell.aliases.get(name)
    let line: string | undefined
    if (alias !== undefined) line = wordy ? `${name} is an alias for ${alias}` : `alias ${name}=${quote(alias)}`
    else if (RESERVED.has(name)) line = wordy ? `${name} is a shell keyword` : name
    else if (shell.functions.has(name))
      line = wordy ? `${name} is a ${shell.dialect.name === 'dash' ? 'shell ' : ''}function` : name
    else if (BUILTINS[name])
      line = wordy
        ? `${name} is a ${SPECIAL.has(name) && shell.dialect.name !== 'bash' ? 'special ' : ''}shell builtin`
        : name
    else {
      try {
        const path = which(shell.process, name)
        line = wordy ? `${name} is ${path}` : path
      } catch {
        code = shell.dialect.name === 'bash' ? 1 : 127
        if (wordy)
          await (shell.dialect.name === 'bash'
            ? shell.complain(`type: ${name}: not found`)
            : out(shell, `${name}: not found\n`))
      }
    }
    if (line) await out(shell, `${line}\n`)
  }
  return code
}

const command: Builtin = async (shell, args) => {
  const words = args[0] === '-p' ? args.slice(1) : args
  if (words[0] === '-v' || words[0] === '-V') return describe(shell, words.slice(1), words[0] === '-V')
  if (!words.length) return 0
  const builtin = BUILTINS[words[0]!]
  if (builtin) return (await builtin(shell, words.slice(1), words[0]!)) ?? 0
  await shell.interpreter.program(shell, words, { ...shell.process.env })
  return shell.status
}

/** `fg` and `bg`. */
const resume =
  (inForeground: boolean): Builtin =>
  async (shell, args, name) => {
    const job = shell.jobs.find(args[0] ?? '%%')
    if (!job) {
      await shell.complain(`${name}: ${args[0] ?? '%%'}: no such job`)
      return 1
    }
    job.state = 'running'
    shell.process.kill(-job.group, 'CONT')
    if (!inForeground) return void (await out(shell, `[${job.id}] ${job.command}\n`))
    await out(shell, `${job.command}\n`)
    shell.jobs.remove(job)
    await shell.interpreter.foreground(shell, [job.pid], job.group, job.command)
    return shell.status
  }

const local: Builtin = async (shell, args, name) => {
  const scope = shell.locals.at(-1)
  if (!scope) throw new ShellError(`${name}: not in a function`, 2)
  for (const word of args) {
    if (word.startsWith('-')) continue
    const [key, ...value] = word.split('=')
    if (!scope.has(key!)) {
      const old = shell.variables.get(key!)
      scope.set(key!, old && { ...old, ...(old.array && { array: new Map(old.array) }) })
    }
    if (value.length) shell.set(key!, value.join('='))
    else if (shell.dialect.name === 'bash') shell.variables.set(key!, { value: undefined })
  }
  return 0
}

/** bash's `declare`: arrays, exported and readonly variables; within a function they are its own. */
async function declareVariables(shell: Shell, args: readonly string[]): Promise<number> {
  const flags = args.filter(arg => /^-\w/.test(arg)).join('')
  const words = args.filter(arg => !/^-\w/.test(arg))
  if (flags.includes('p') || flags.includes('f') || flags.includes('F'))
    throw new ShellError('declare: listing is not simulated', 2)
  if (shell.locals.length && !flags.includes('g')) await local(shell, words, 'declare')
  else
    for (const word of words)
      if (word.includes('=')) shell.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1))
  for (const word of words) {
    const name = word.split('=')[0]!
    if (flags.includes('A')) shell.variables.set(name, { value: undefined, array: new Map(), associative: true })
    else if (flags.includes('a')) arrayOf(shell, name)
    const variable = shell.variables.get(name) ?? { value: undefined }
    shell.variables.set(name, variable)
    if (flags.includes('x')) {
      variable.exported = true
      shell.exportToProcess(name, variable.value)
    }
    if (flags.includes('r')) variable.readonly = true
  }
  return 0
}

/** What the other shells do not have is a program to them, and not found. */
function bashOnly(builtin: Builtin): Builtin {
  return async (shell, args, name) => {
    if (shell.dialect.name === 'bash') return builtin(shell, args, name)
    await shell.complain(shell.dialect.notFound(name))
    return 127
  }
}

const test: Builtin = async (shell, args, name) => {
  const words = name === '[' ? args.slice(0, -1) : args
  try {
    if (name === '[' && args.at(-1) !== ']') throw new TestError('missing ]')
    return testWords(shell.process, words, key => shell.get(key) !== undefined) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    await shell.complain(
      shell.dialect.name === 'ash' || shell.dialect.name === 'dash'
        ? shell.dialect.name === 'ash'
          ? error.message
          : `${name}: ${error.message}`
        : `${name}: ${error.message.replace('bad number', 'integer expression expected')}`,
    )
    return 2
  }
}

const jobs: Builtin = async (shell, args) => {
  await refreshJobs(shell)
  for (const job of [...shell.jobs.list]) {
    await out(shell, args.includes('-p') ? `${job.pid}\n` : `${shell.jobs.describe(job)}\n`)
    if (job.state === 'done') shell.jobs.remove(job)
  }
}

/** Notes which background jobs have ended meanwhile. */
export async function refreshJobs(shell: Shell): Promise<void> {
  for (const job of shell.jobs.list) {
    if (job.state === 'done') continue
    try {
      const state = shell.process.poll(job.pid)
      if (state === 'stopped') job.state = 'stopped'
      else if (state) {
        job.state = 'done'
        job.status = state
      }
    } catch {
      job.state = 'done'
    }
  }
}

const umask: Builtin = async (shell, args) => {
  if (args[0] && /^[0-7]+$/.test(args[0])) shell.umask = Number.parseInt(args[0], 8)
  else await out(shell, `${shell.umask.toString(8).padStart(4, '0')}\n`)
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
    else if (shell.aliases.has(word)) await out(shell, `${word}=${quote(shell.aliases.get(word)!)}\n`)
    else {
      await shell.complain(`alias: ${word} not found`)
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

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  '.': source,
  source,
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
  let: async (shell, args) => ((await arithmetic(shell, args.join(' '))) === '0' ? 1 : 0),
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
    throw new Return(await status(shell, args[0], 'return'))
  },
  set,
  shift: (shell, args) => {
    const n = Number(args[0] ?? 1)
    if (n > shell.params.length) return 1
    shell.params.splice(0, n)
    return 0
  },
  test,
  '[': test,
  times: async shell => void (await out(shell, '0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n')),
  trap,
  type: (shell, args) => describe(shell, args, true),
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

/** What containerd gives every container, by the letter that asks for it. */
const LIMITS: Readonly<Record<string, readonly [words: string, value: string]>> = {
  t: ['time(seconds)', 'unlimited'],
  f: ['file(blocks)', 'unlimited'],
  d: ['data(kbytes)', 'unlimited'],
  s: ['stack(kbytes)', '8192'],
  c: ['coredump(blocks)', 'unlimited'],
  m: ['memory(kbytes)', 'unlimited'],
  l: ['locked memory(kbytes)', '8192'],
  p: ['process', 'unlimited'],
  n: ['nofiles', '1048576'],
  v: ['vmemory(kbytes)', 'unlimited'],
  w: ['locks', 'unlimited'],
}

async function ulimit(shell: Shell, args: readonly string[]): Promise<undefined> {
  const letters =
    args
      .filter(arg => arg.startsWith('-'))
      .join('')
      .replace(/[-HS]/g, '') || 'f'
  if (args.some(arg => !arg.startsWith('-'))) throw new ShellError('ulimit: changing limits is not simulated', 1)
  if (letters === 'a') {
    const lines = Object.values(LIMITS).map(([words, value]) => `${words.padEnd(20)} ${value}\n`)
    await out(shell, lines.join(''))
    return undefined
  }
  for (const letter of letters) {
    const limit = LIMITS[letter === 'u' ? 'p' : letter]
    if (!limit) throw new ShellError(`ulimit: bad option -${letter}`)
    await out(shell, `${limit[1]}\n`)
  }
  return undefined
}

export { terminalOf, waitFor }
