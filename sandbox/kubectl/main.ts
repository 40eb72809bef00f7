/** Runs kubectl: finds the verb, reads its flags, shows its help, does its work, says what went wrong. */
import { UNWIND } from '../runtime/processes/unwind.ts'
import { RECORD, RECORD_DEPRECATED, RECORDERS } from './changes/record.ts'
import { type Command, flagsOf, type Help, helpText, rootHelp } from './command/command.ts'
import { findCommand, isNamed } from './command/find.ts'
import { Flags, printFlag } from './command/flags.ts'
import { globalFlags } from './command/globalflags.ts'
import { Exit, explainError, KubectlError } from './errors.ts'
import type { Io } from './io.ts'
import { Kubectl } from './kubectl.ts'
import { commands } from './verbs.ts'

/** @param argv without the program's own name */
export async function runKubectl(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(await preferred(argv, io), io)
  } catch (error) {
    if (error === UNWIND) throw error
    const { words, code } = explainError(error)
    if (words) await io.err(words.endsWith('\n') ? words : `${words}\n`)
    return code
  }
}

/** Most people have no preferences, and need no code for them. */
async function preferred(argv: readonly string[], io: Io): Promise<readonly string[]> {
  const { HOME = '', KUBERC } = io.env
  const any = KUBERC || argv.some(a => a.startsWith('--kuberc')) || (await io.files.kind(`${HOME}/.kube/kuberc`))
  return any ? (await import('./kubeconfig/kuberc.ts')).withPreferences(argv, io) : argv
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const globals = globalFlags(io.env.HOME ?? '')
  const { words, path, taken, command } = findCommand(argv, globals)
  if (!command) return root(argv, words, io, new Flags(globals))
  const rest = argv.filter((_, i) => !taken.has(i))
  const { help } = await command.help()
  const hidden = RECORDERS.has(path.join(' ')) ? [RECORD] : []
  const own = [...flagsOf(help), ...hidden]
  const flags = new Flags([...globals.filter(g => !own.some(f => f[0] === g[0])), ...own])
  const full = ['kubectl', ...path].join(' ')
  try {
    flags.parse(rest)
  } catch (e) {
    const { message } = e as Error
    // Its code 1 means that something differs.
    if (full === 'kubectl diff') throw new Exit(2, `error: ${message}\nSee '${full} -h' for help and examples`)
    throw new KubectlError(`${message}\nSee '${full} --help' for usage.`)
  }
  if (flags.changed('record')) await io.err(RECORD_DEPRECATED)
  if (flags.helpWanted) {
    await io.out(helpText(command, help, path))
    return 0
  }
  if (!own.some(f => f[0] === 'profile')) refuseProfile(flags.str('profile'))
  const missing = (help.required ?? []).filter(name => !flags.changed(name))
  if (missing.length) throw new KubectlError(`required flag(s) ${missing.map(m => `"${m}"`).join(', ')} not set`)
  return run(command, help, path, flags, io)
}

const PROFILES = ['cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex', 'allocs']

/** Profiles are of Go's runtime. */
function refuseProfile(name: string): void {
  if (!name || name === 'none') return
  throw new KubectlError(PROFILES.includes(name) ? `not simulated: --profile=${name}` : `unknown profile '${name}'`)
}

async function run(command: Command, help: Help, path: readonly string[], flags: Flags, io: Io): Promise<number> {
  const k = new Kubectl(io, flags, ['kubectl', ...path].join(' '))
  if (!command.code) return groupAlone(command, help, path, k)
  await k.warnOfOldDryRun()
  const { run } = await command.code()
  const code = (await run(k)) ?? 0
  if (!code && flags.bool('warnings-as-errors') && k.warned)
    throw new KubectlError(`${k.warned} ${k.warned === 1 ? 'warning' : 'warnings'} received`)
  return code
}

/** Where the help of a group goes and how it ends, for those that differ from the others. */
const ALONE: Readonly<Record<string, readonly [write: Kubectl['out'], code: number]>> = {
  rollout: [Kubectl.prototype.out, 1],
  certificate: [Kubectl.prototype.out, 0],
}

/** A command that only holds others: shows them, or refuses a word that is none of them. */
async function groupAlone(command: Command, help: Help, path: readonly string[], k: Kubectl): Promise<number> {
  if (k.args.length) k.usage(`unknown command ${JSON.stringify(k.args.join(' '))}`)
  const [write, code] = ALONE[command.name] ?? [k.err, 1]
  await write.call(k, helpText(command, help, path))
  return code
}

async function root(argv: readonly string[], words: readonly string[], io: Io, flags: Flags): Promise<number> {
  const first = words[0]
  if (first === 'help') return helpCommand(words.slice(1), io)
  if (first === 'options') return options(argv.slice(1), io)
  if (first === 'alpha') {
    await io.err('No alpha commands are available in this version of kubectl\n')
    return 0
  }
  if (first === '__complete' || first === '__completeNoDesc') {
    const { complete } = await import('./complete/index.ts')
    return complete(argv.slice(argv.indexOf(first) + 1), io, first === '__complete')
  }
  if (first === undefined) {
    try {
      flags.parse(argv)
    } catch (e) {
      throw new KubectlError(`${(e as Error).message}\nSee 'kubectl --help' for usage.`)
    }
    await io.out(rootHelp(commands, true))
    return 0
  }
  throw new KubectlError(`unknown command ${JSON.stringify(first)} for "kubectl"${suggestions(first)}`)
}

async function helpCommand(topic: readonly string[], io: Io): Promise<number> {
  let list: readonly Command[] | undefined = commands
  let command: Command | undefined
  const path: string[] = []
  for (const word of topic) {
    const next: Command | undefined = list?.find(c => isNamed(c, word))
    if (!next) {
      if (command) break
      await io.err(`Unknown help topic [${topic.map(t => `\`${t}\``).join(' ')}]\n`)
      await io.err(rootHelp(commands, false))
      return 0
    }
    command = next
    list = next.commands
    path.push(next.name)
  }
  await io.out(command ? helpText(command, (await command.help()).help, path) : rootHelp(commands, true))
  return 0
}

async function options(argv: readonly string[], io: Io): Promise<number> {
  const globals = globalFlags(io.env.HOME ?? '')
  const flags = new Flags(globals)
  try {
    flags.parse(argv)
  } catch (e) {
    throw new KubectlError(`${(e as Error).message}\nRun 'kubectl options' without flags.`)
  }
  if (flags.helpWanted) return 0
  await io.out(`The following options can be passed to any command:\n\n${globals.map(printFlag).join('')}`)
  return 0
}

/** Commands that are two keystrokes away, or that people mean by another name. */
function suggestions(word: string): string {
  const near = commands.filter(
    c =>
      distance(word.toLowerCase(), c.name.toLowerCase()) <= 2 ||
      c.name.toLowerCase().startsWith(word.toLowerCase()) ||
      c.suggestFor?.some(s => s.toLowerCase() === word.toLowerCase()),
  )
  return near.length ? `\n\nDid you mean this?\n${near.map(c => `\t${c.name}\n`).join('')}` : ''
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}

export { Exit }
