/** Commands that run others, or say what would run: env, printenv, nohup, nice, which, yes, test. */
import { isErrno, words } from '../../errno.ts'
import { absolute } from '../../files/path.ts'
import { which } from '../../processes/exec.ts'
import type { Process } from '../../processes/process.ts'
import { TestError, testWords } from '../../shell/builtins/test.ts'
import { type Call, type Command, complain, Missing, options, print, Refusal } from '../command.ts'

export const env: Command = async call => {
  const flags = options(call, call.flavour === 'gnu' ? '+iu:0S:C:v' : '+iu:0', {
    'ignore-environment': 'i',
    unset: 'u',
    null: '0',
    ...(call.flavour === 'gnu' && { 'split-string': 'S', chdir: 'C' }),
  })
  if (flags.has('v')) throw new Refusal('-v is not simulated', 125)
  const to = flags.value('C')
  const vars: Record<string, string> = flags.has('i') ? {} : { ...call.process.env }
  for (const name of flags.values('u')) delete vars[name]
  // `-S` brings words of its own: a `#!` line has room for one argument only.
  const rest = [...(flags.value('S')?.split(/\s+/).filter(Boolean) ?? []), ...flags.rest]
  if (rest[0] === '-') rest.shift()
  while (rest[0]?.includes('=')) {
    const word = rest.shift()!
    vars[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  if (!rest.length && to !== undefined) throw new Missing('must specify command with --chdir (-C)', 125)
  if (!rest.length)
    return print(
      call,
      Object.entries(vars)
        .map(([k, v]) => `${k}=${v}${flags.has('0') ? '\0' : '\n'}`)
        .join(''),
    )
  if (to !== undefined) {
    const wrong = cannotGo(call.process, to)
    if (wrong) throw new Refusal(`cannot change directory to '${to}': ${wrong}`, 125)
    call.process.cwd = absolute(call.process.cwd, to)
  }
  return run(call, rest, vars)
}

/** Why a directory cannot be gone to. */
function cannotGo({ fs }: Process, to: string): string | undefined {
  try {
    return fs.stat(to).type === 'directory' ? undefined : words('ENOTDIR')
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message
  }
}

/** Becomes another program. */
export async function run(call: Call, argv: readonly string[], vars?: Record<string, string>): Promise<number> {
  try {
    return await call.process.exec(argv, vars)
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(
      call,
      call.flavour === 'gnu'
        ? `${call.name === 'nohup' ? 'failed to run command ' : ''}'${argv[0]}': ${error.message}`
        : `can't execute '${argv[0]}': ${error.message}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

export const printenv: Command = async call => {
  const { env: vars } = call.process
  if (!call.args.length)
    return print(
      call,
      Object.entries(vars)
        .map(([k, v]) => `${k}=${v}\n`)
        .join(''),
    )
  let code = 0
  for (const name of call.args) {
    if (vars[name] === undefined) code = 1
    else await print(call, `${vars[name]}\n`)
  }
  return code
}

export const whichCommand: Command = async call => {
  const flags = options(call, 'a')
  if (!flags.rest.length) {
    if (call.flavour === 'gnu') return 1
    throw new Missing('')
  }
  let code = 0
  for (const name of flags.rest) {
    try {
      const file = which(call.process, name)
      await print(call, `${name.includes('/') ? name : file}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = 1
    }
  }
  return code
}

export const nohup: Command = call => {
  if (!call.args.length) throw new Missing('missing operand', call.flavour === 'gnu' ? 125 : 127)
  call.process.on('HUP', 'ignore')
  return run(call, call.args)
}

/** In a group of its own, so that what is meant for the caller's does not reach it. */
export const setsid: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? '+cfw' : '+c', gnu ? { ctty: 'c', fork: 'f', wait: 'w' } : {})
  const { rest } = flags
  if (!rest.length) throw new Missing(gnu ? 'no command specified' : '')
  try {
    const child = call.process.spawn({ argv: rest, group: 'new' })
    return flags.has('f') && !flags.has('w') ? 0 : (await call.process.wait(child.pid)).status.code
  } catch (error) {
    if (!isErrno(error)) throw error
    const words = gnu ? `failed to execute ${rest[0]}` : `can't execute '${rest[0]}'`
    return complain(call, `${words}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
  }
}

/** Who may go first is not simulated: all have the same right, and `nice` alone says 0. */
export const nice: Command = call => {
  const gnu = call.flavour === 'gnu'
  // `-5` is `-n 5`.
  const args = call.args.map((arg, i) => (i === 0 ? arg.replace(/^-(-?\d+)$/, '-n$1') : arg))
  const flags = options({ ...call, args }, '+n:', gnu ? { adjustment: 'n' } : {})
  const given = flags.value('n')
  if (given !== undefined && !/^[-+]?\d+$/.test(given))
    throw new Refusal(gnu ? `invalid adjustment '${given}'` : `invalid number '${given}'`, gnu ? 125 : 1)
  if (flags.rest.length) return run(call, flags.rest)
  if (gnu && given !== undefined) throw new Missing('a command must be given with an adjustment', 125)
  return print(call, '0\n')
}

export const yes: Command = async call => {
  const line = `${call.args.length ? call.args.join(' ') : 'y'}\n`
  const block = line.repeat(Math.max(1, Math.floor(1024 / line.length)))
  for (;;) await print(call, block)
}

export const test: Command = async call => {
  try {
    const question = call.name === '[' ? call.args.slice(0, -1) : call.args
    return testWords(call.process, question, undefined, undefined, call.flavour === 'gnu' ? 'kernel' : 'mode') ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    return complain(call, error.message, 2)
  }
}
