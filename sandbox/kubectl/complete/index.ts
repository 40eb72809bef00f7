/** Completion of a command line: `kubectl __complete WORDS…`, as cobra answers its completion scripts. */
import { type Command, flagsOf, type Help } from '../command/command.ts'
import { findCommand } from '../command/find.ts'
import { type FlagRow, Flags } from '../command/flags.ts'
import { globalFlags } from '../command/globalflags.ts'
import type { Io } from '../io.ts'
import { Kubectl } from '../kubectl.ts'
import { byBytes } from '../objects.ts'
import { commands } from '../verbs.ts'
import { type Answer, DIRECTIVES, FILES, NO_FILES, starting } from './answer.ts'
import { argumentsOf } from './arguments.ts'
import { valueOfFlag } from './values.ts'

/** Cobra gives up, and leaves the word to files. */
class Debug extends Error {}

export async function complete(words: readonly string[], io: Io, withWords = true): Promise<number> {
  let answer: Answer = { candidates: [], directive: FILES }
  let debug = ''
  try {
    answer = await find(words, io)
  } catch (e) {
    // What the cluster does not tell is left out without a word.
    if (e instanceof Debug) debug = e.message
    else answer.directive = NO_FILES
  }
  const shown = answer.candidates.map(c => `${(withWords ? c : c.split('\t')[0]!).split('\n')[0]!.trim()}\n`)
  await io.out(`${shown.join('')}:${answer.directive}\n`)
  const names = Object.entries(DIRECTIVES).filter(([, bit]) => answer.directive & bit)
  const directive = names.map(([name]) => `ShellCompDirective${name}`).join(', ') || 'ShellCompDirectiveDefault'
  await io.err(`${debug}Completion ended with directive: ${directive}\n`)
  return 0
}

type Named = Pick<Command, 'name' | 'short'>

const described = (list: readonly Named[], word: string): string[] =>
  starting(
    [...list].sort((a, b) => byBytes(a.name, b.name)).map(c => `${c.name}\t${c.short}`),
    word,
  )

async function find(words: readonly string[], io: Io): Promise<Answer> {
  const word = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const globals = globalFlags(io.env.HOME ?? '')
  const { path, taken, command } = findCommand(before, globals)
  const rest = before.filter((_, i) => !taken.has(i))
  if (!command && rest[0] === 'help') return { candidates: helped(rest.slice(1), word), directive: NO_FILES }
  if (!command && ['options', 'alpha'].includes(rest[0] ?? '')) return { candidates: [], directive: FILES }
  const help: Help | undefined = command && (await command.help()).help
  const own = help ? flagsOf(help) : []
  const rows = [...globals.filter(g => !own.some(f => f[0] === g[0])), ...own]
  const flags = new Flags(rows)
  const wanting = rest.includes('--') ? undefined : flagWanting(rest.at(-1), rows)
  try {
    flags.parse(wanting ? rest.slice(0, -1) : rest)
  } catch (e) {
    throw new Debug(
      `[Debug] [Error] Error while parsing flags from args [${rest.join(' ')}]: ${(e as Error).message}\n`,
    )
  }
  if (!command && flags.args.length)
    throw new Debug(
      `[Debug] Cleared global flags for plugin completion\n[Debug] [Error] unable to find a command for arguments: [${before.join(' ')}]\n`,
    )
  const k = new Kubectl(io, flags, ['kubectl', ...path].join(' '))
  if (wanting) return valueOfFlag(k, wanting[0], word, path)
  const equals = /^--([\w-]+)=(.*)$/s.exec(word)
  if (equals) return valueOfFlag(k, equals[1]!, equals[2]!, path)
  if (word.startsWith('-') && !rest.includes('--')) {
    const mine: FlagRow[] = [...own, ['help', 'h', 'bool', 'false', `help for ${command?.name ?? 'kubectl'}`]]
    return { candidates: flagNames([globals, mine], flags, word), directive: NO_FILES }
  }
  const required = own.filter(f => help?.required?.includes(f[0]) && !flags.changed(f[0]))
  const first = flagNames([required], flags, word)
  const below = command ? command.commands : ROOT
  if (below && !flags.args.length) {
    return { candidates: [...described(below, word), ...first], directive: NO_FILES }
  }
  const answer = await argumentsOf(k, path, word)
  return { ...answer, candidates: [...first, ...answer.candidates] }
}

/** Those of the root, with the two that are no verbs. */
const ROOT: readonly Named[] = [
  ...commands,
  { name: 'help', short: 'Help about any command' },
  { name: 'options', short: 'Print the list of flags inherited by all commands' },
]

/** `kubectl help WORDS…` */
function helped(words: readonly string[], word: string): string[] {
  const { command, taken } = findCommand(words, [])
  if (taken.size < words.length) return []
  return described(command ? (command.commands ?? []) : ROOT, word)
}

/** A flag that stands at the end and still wants its value. */
function flagWanting(last: string | undefined, rows: readonly FlagRow[]): FlagRow | undefined {
  if (!last?.startsWith('-') || last.includes('=')) return undefined
  const row = last.startsWith('--')
    ? rows.find(r => r[0] === last.slice(2))
    : rows.find(r => r[1] && r[1] === last.at(-1))
  if (!row || row[2] === 'bool' || row[2] === 'tristate') return undefined
  return ['dry-run', 'validate', 'cascade'].includes(row[0]) ? undefined : row
}

const REPEATED = new Set(['slice', 'array'])

/** Those that were given are not offered again, unless they may come again. */
function flagNames(groups: readonly (readonly FlagRow[])[], flags: Flags, word: string): string[] {
  return groups.flatMap(rows =>
    [...rows]
      .sort((a, b) => byBytes(a[0], b[0]))
      .filter(([name, , type]) => REPEATED.has(type) || !flags.has(name) || !flags.changed(name))
      .flatMap(([name, short, , , text]) =>
        starting([`--${name}\t${text}`, ...(short ? [`-${short}\t${text}`] : [])], word),
      ),
  )
}
