/** ~/.kube/kuberc: names of one's own for commands, and other defaults for their flags. */
import { flagsOf } from '../command/command.ts'
import { findCommand } from '../command/find.ts'
import type { FlagRow } from '../command/flags.ts'
import { globalFlags } from '../command/globalflags.ts'
import { Exit, KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests/manifests.ts'
import type { Obj } from '../objects.ts'

/** What both versions say, in the words of the newer one. */
interface Preference {
  aliases: { name: string; command: string; prependArgs: string[]; appendArgs: string[]; options: Option[] }[]
  defaults: { command: string; options: Option[] }[]
}
interface Option {
  name: string
  default: string
}

const VERSIONS = ['kubectl.config.k8s.io/v1beta1', 'kubectl.config.k8s.io/v1alpha1']

/** The line as it is meant. @throws Exit for preferences that cannot be followed */
export async function withPreferences(argv: readonly string[], io: Io): Promise<readonly string[]> {
  if (/^(0|f|false)$/i.test(io.env.KUBECTL_KUBERC ?? '')) return argv
  try {
    const { rest, named } = withoutKuberc(argv)
    const preference = await read(io, named)
    if (!preference) return rest
    check(preference)
    return await withDefaults(await withAlias(rest, preference, io), preference, io)
  } catch (e) {
    if (e instanceof KubectlError) throw new Exit(1, `error occurred while applying preferences ${e.message}`)
    throw e
  }
}

/** --kuberc is looked for before the command is known. */
function withoutKuberc(argv: readonly string[]): { rest: readonly string[]; named: string } {
  const end = argv.indexOf('--') < 0 ? argv.length : argv.indexOf('--')
  const at = argv.findIndex((a, i) => i < end && (a === '--kuberc' || a.startsWith('--kuberc=')))
  if (at < 0) return { rest: argv, named: '' }
  const joined = argv[at]!.includes('=')
  const named = joined ? argv[at]!.slice('--kuberc='.length) : argv[at + 1]
  if (!named) throw new KubectlError('kuberc file is not found')
  return { rest: argv.filter((_, i) => i !== at && (joined || i !== at + 1)), named }
}

async function read(io: Io, named: string): Promise<Preference | undefined> {
  const { KUBERC = '', HOME = '' } = io.env
  if (KUBERC === 'off') {
    if (named)
      throw new KubectlError(
        'kuberc error disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive',
      )
    return undefined
  }
  const asked = named || KUBERC
  const path = asked || `${HOME}/.kube/kuberc`
  const text = await io.files.read(path)
  if (text === undefined) {
    if (asked) throw new KubectlError(`kuberc error kuberc: open ${path}: no such file or directory`)
    return undefined
  }
  for (const d of await documents(text))
    if (!('error' in d) && d.object?.kind === 'Preference' && VERSIONS.includes(d.object.apiVersion))
      return preferenceOf(d.object)
  const words = `no valid preferences found in ${path}, use --v=5 to see details`
  if (asked) throw new KubectlError(`kuberc error kuberc: ${words}`)
  await io.err(`kuberc: no preferences loaded from ${path}: ${words}`)
  return undefined
}

const optionsOf = (o: Obj): Option[] =>
  (o.options ?? o.flags ?? []).map((f: Obj) => ({ name: f.name ?? '', default: f.default ?? '' }))

const preferenceOf = (o: Obj): Preference => ({
  aliases: (o.aliases ?? []).map((a: Obj) => ({
    name: a.name ?? '',
    command: a.command ?? '',
    prependArgs: a.prependArgs ?? [],
    appendArgs: a.appendArgs ?? [],
    options: optionsOf(a),
  })),
  defaults: (o.defaults ?? o.overrides ?? []).map((d: Obj) => ({ command: d.command ?? '', options: optionsOf(d) })),
})

function check({ aliases, defaults }: Preference): void {
  const seen = new Set<string>()
  const checkOptions = (options: readonly Option[]): void => {
    for (const { name } of options)
      if (name.startsWith('-')) throw new KubectlError(`flag name ${name} should be in long form without dashes`)
  }
  for (const { name, options } of aliases) {
    if (!/^[a-zA-Z]+$/.test(name))
      throw new KubectlError('invalid alias name, can only include alphabetical characters')
    checkOptions(options)
    if (seen.has(name)) throw new KubectlError(`duplicate alias name ${name}`)
    seen.add(name)
  }
  for (const { options } of defaults) checkOptions(options)
}

const wordsOf = (command: string): string[] => command.split(/\s+/).filter(Boolean)

async function withAlias(argv: readonly string[], { aliases }: Preference, io: Io): Promise<readonly string[]> {
  if (findCommand(argv).command) return argv
  const at = argv.findIndex(a => !a.startsWith('-'))
  const alias = aliases.find(a => a.name === argv[at])
  if (!alias) return argv
  const words = wordsOf(alias.command)
  const { path } = findCommand(words)
  if (!path.length)
    throw new KubectlError(
      `command ${JSON.stringify(alias.command)} not found to set alias ${JSON.stringify(alias.name)}: [${words.join(' ')}]`,
    )
  const flags = await optionsBeside(
    path,
    alias.options,
    argv,
    io,
    ({ name }) => `invalid alias flag ${name} in alias kubectl`,
  )
  return [...argv.slice(0, at), ...path, ...flags, ...alias.prependArgs, ...argv.slice(at + 1), ...alias.appendArgs]
}

async function withDefaults(argv: readonly string[], { defaults }: Preference, io: Io): Promise<readonly string[]> {
  const { path, taken } = findCommand(argv)
  if (!path.length) return argv
  const flags: string[] = []
  for (const { command, options } of defaults) {
    const other = findCommand(wordsOf(command)).path
    if (!other.length) {
      await io.err(`Warning: command ${JSON.stringify(command)} not found to set kuberc override\n`)
      continue
    }
    if (other.at(-1) !== path.at(-1)) continue
    flags.push(
      ...(await optionsBeside(path, options, argv, io, ({ name }) => `invalid flag ${name} for command ${command}`)),
    )
  }
  const after = Math.max(...taken) + 1
  return [...argv.slice(0, after), ...flags, ...argv.slice(after)]
}

/** Those that the line does not give itself, as flags. */
async function optionsBeside(
  path: readonly string[],
  options: readonly Option[],
  argv: readonly string[],
  io: Io,
  unknown: (o: Option) => string,
): Promise<string[]> {
  if (!options.length) return []
  const { command } = findCommand(path)
  const rows = [...globalFlags(io.env.HOME ?? ''), ...flagsOf((await command!.help()).help)]
  return options.flatMap(o => {
    const row = rows.find(r => r[0] === o.name)
    if (!row) throw new KubectlError(unknown(o))
    return argv.some(a => gives(a, row)) ? [] : [`--${o.name}=${o.default}`]
  })
}

const gives = (arg: string, [name, shorthand]: FlagRow): boolean =>
  arg === `--${name}` || arg.startsWith(`--${name}=`) || (shorthand !== '' && arg.startsWith(`-${shorthand}`))
