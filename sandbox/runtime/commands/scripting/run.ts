/** Commands that run others, or say what would run: env, printenv, nohup, nice, which, yes, test. */
import { isErrno } from '../../errno.ts'
import { which } from '../../processes/exec.ts'
import { TestError, testWords } from '../../shell/builtins/test.ts'
import { type Call, type Command, complain, Missing, options, print } from '../command.ts'

export const env: Command = async call => {
  const flags = options(call, '+iu:0S:', { 'ignore-environment': 'i', unset: 'u', null: '0', 'split-string': 'S' })
  const vars: Record<string, string> = flags.has('i') ? {} : { ...call.process.env }
  for (const name of flags.values('u')) delete vars[name]
  // `-S` brings words of its own: a `#!` line has room for one argument only.
  const rest = [...(flags.value('S')?.split(/\s+/).filter(Boolean) ?? []), ...flags.rest]
  if (rest[0] === '-') rest.shift()
  while (rest[0]?.includes('=')) {
    const word = rest.shift()!
    vars[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  if (!rest.length)
    return print(
      call,
      Object.entries(vars)
        .map(([k, v]) => `${k}=${v}\n`)
        .join(''),
    )
  return run(call, rest, vars)
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
  let code = 0
  for (const name of options(call, 'a').rest) {
    try {
      await print(call, `${which(call.process, name)}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = 1
    }
  }
  return code
}

export const nohup: Command = call => {
  if (!call.args.length) throw new Missing('missing operand', 127)
  call.process.on('HUP', 'ignore')
  return run(call, call.args)
}

/** In a group of its own, so that what is meant for the caller's does not reach it. */
export const setsid: Command = async call => {
  const child = call.process.spawn({ argv: options(call, '+').rest, group: 'new' })
  return (await call.process.wait(child.pid)).status.code
}

export const nice: Command = call => {
  const flags = options(call, '+n:')
  return flags.rest.length ? run(call, flags.rest) : print(call, '0\n')
}

export const yes: Command = async call => {
  const line = `${call.args.length ? call.args.join(' ') : 'y'}\n`
  const block = line.repeat(Math.max(1, Math.floor(1024 / line.length)))
  for (;;) await print(call, block)
}

export const test: Command = async call => {
  try {
    return testWords(call.process, call.name === '[' ? call.args.slice(0, -1) : call.args) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    return complain(call, error.message, 2)
  }
}
