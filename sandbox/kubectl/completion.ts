/** What may come next on a command line: `kubectl __complete WORDS…`, as cobra answers its completion scripts. */
import { type Command, flagsOf, type Help } from './command.ts'
import { type FlagRow, Flags } from './flags.ts'
import { globalFlags } from './globalflags.ts'
import type { Io } from './io.ts'
import { Kubectl } from './kubectl.ts'
import { byBytes, type Obj } from './objects.ts'
import { allContainers } from './podof.ts'
import { ALL_FORMATS, PLAIN_FORMATS } from './print/printer.ts'
import { commands } from './verbs.ts'

/** Cobra's directives. */
const NO_SPACE = 2
const NO_FILES = 4
const FILES = 0

interface Answer {
  candidates: readonly string[]
  directive: number
}

/** Verbs whose first argument is a type of resource, and whose second a name. */
const BY_TYPE = new Set([
  'get',
  'describe',
  'delete',
  'edit',
  'label',
  'annotate',
  'patch',
  'scale',
  'expose',
  'wait',
  'explain',
  'autoscale',
  'history',
  'pause',
  'restart',
  'resume',
  'status',
  'undo',
  'image',
  'env',
  'resources',
  'selector',
  'serviceaccount',
  'subject',
])
const BY_POD = new Set(['logs', 'exec', 'attach', 'port-forward', 'debug', 'cp'])
const BY_NODE = new Set(['cordon', 'uncordon', 'drain'])
const SCALABLE = new Map([
  ['scale', ['deployment', 'replicaset', 'replicationcontroller', 'statefulset']],
  ['rollout', ['daemonset', 'deployment', 'statefulset']],
])
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'dry-run': ['none', 'server', 'client'],
  cascade: ['background', 'orphan', 'foreground'],
  restart: ['Always', 'OnFailure', 'Never'],
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  validate: ['strict', 'warn', 'ignore'],
}

export async function complete(words: readonly string[], io: Io): Promise<number> {
  let answer: Answer
  try {
    answer = await find(words, io)
  } catch {
    answer = { candidates: [], directive: NO_FILES }
  }
  await io.out(`${answer.candidates.map(c => `${c}\n`).join('')}:${answer.directive}\n`)
  return 0
}

async function find(words: readonly string[], io: Io): Promise<Answer> {
  const word = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const globals = globalFlags(io.env.HOME ?? '')
  let command: Command | undefined
  const path: string[] = []
  let rest = [...before]
  while (rest.length) {
    const at = rest.findIndex(w => !w.startsWith('-'))
    const next =
      at < 0
        ? undefined
        : (command ? command.commands : commands)?.find(c => c.name === rest[at] || c.aliases?.includes(rest[at]!))
    if (!next) break
    command = next
    path.push(next.name)
    rest = rest.filter((_, i) => i !== at)
  }
  const help: Help | undefined = command && (await command.help()).help
  const rows = [...globals, ...(help ? flagsOf(help) : [])]
  const fits = (list: readonly string[]): string[] => [...new Set(list)].filter(x => x.startsWith(word)).sort(byBytes)
  const dash = rest.indexOf('--')
  if (dash >= 0) return { candidates: [], directive: FILES }

  const flags = new Flags(rows)
  const wanting = flagWanting(rest.at(-1), rows)
  try {
    flags.parse(wanting ? rest.slice(0, -1) : rest)
  } catch {
    // A line that is not finished need not make sense.
  }
  const k = new Kubectl(io, flags, ['kubectl', ...path].join(' '))
  if (wanting) return flagValue(k, wanting, word, path)
  const equals = /^--([\w-]+)=(.*)$/.exec(word)
  if (equals) {
    const row = rows.find(r => r[0] === equals[1])
    if (!row) return { candidates: [], directive: NO_FILES }
    const inner = await flagValue(k, row, equals[2]!, path)
    return { ...inner, candidates: inner.candidates.map(c => `--${row[0]}=${c}`) }
  }
  if (word.startsWith('-')) {
    const long = rows.map(r => (r[2] === 'bool' ? `--${r[0]}` : `--${r[0]}=`))
    const short = rows.filter(r => r[1]).map(r => `-${r[1]}`)
    return { candidates: fits([...long, ...(word === '-' ? short : [])]), directive: NO_FILES | NO_SPACE }
  }
  if (!command) return { candidates: fits([...commands.map(c => c.name), 'help', 'options']), directive: NO_FILES }
  if (command.commands && !flags.args.length)
    return { candidates: fits(command.commands.map(c => c.name)), directive: NO_FILES }
  return { candidates: fits(await argument(k, path, word)), directive: NO_FILES }
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

async function flagValue(k: Kubectl, [name]: FlagRow, word: string, path: readonly string[]): Promise<Answer> {
  const fits = (list: readonly string[]): Answer => ({
    candidates: list.filter(x => x.startsWith(word)).sort(byBytes),
    directive: NO_FILES,
  })
  switch (name) {
    case 'namespace':
      return fits(await names(k, 'namespaces'))
    case 'output':
      return fits(path[0] === 'get' ? ALL_FORMATS : PLAIN_FORMATS)
    case 'context':
      return fits([...(await k.config()).contexts.keys()])
    case 'cluster':
      return fits([...(await k.config()).clusters.keys()])
    case 'user':
      return fits([...(await k.config()).users.keys()])
    case 'container':
    case 'containers': {
      const target = k.args[0]?.replace(/^pods?\//, '')
      if (!target) return fits([])
      const pod = await (await k.client()).get(await k.resource('pods'), await k.namespace(), target)
      return fits(allContainers(pod).map(c => c.name))
    }
    case 'filename':
    case 'kustomize':
    case 'patch-file':
    case 'from-file':
    case 'from-env-file':
    case 'kubeconfig':
      return { candidates: [], directive: FILES }
    default:
      return fits(VALUES[name] ?? [])
  }
}

async function names(k: Kubectl, type: string): Promise<string[]> {
  const mapping = await k.resource(type)
  const list = await (await k.client()).list(mapping, mapping.namespaced ? await k.namespace() : '')
  return list.items.map((o: Obj) => o.metadata.name)
}

async function argument(k: Kubectl, path: readonly string[], word: string): Promise<string[]> {
  const verb = path.at(-1)!
  const { args } = k
  if (BY_NODE.has(verb)) return (await names(k, 'nodes')).filter(n => !args.includes(n))
  if (path[0] === 'config') {
    const config = await k.config()
    if (/context$/.test(verb)) return args.length ? [] : [...config.contexts.keys()]
    if (/cluster$/.test(verb)) return args.length ? [] : [...config.clusters.keys()]
    if (/user$/.test(verb)) return args.length ? [] : [...config.users.keys()]
    return []
  }
  const slash = word.indexOf('/')
  if (slash > 0) return (await names(k, word.slice(0, slash))).map(n => `${word.slice(0, slash)}/${n}`)
  if (BY_POD.has(verb)) {
    if (!args.length) return names(k, 'pods')
    if (args.length === 1 && verb === 'logs') {
      const pod = await (await k.client()).get(
        await k.resource('pods'),
        await k.namespace(),
        args[0]!.replace(/^pods?\//, ''),
      )
      return allContainers(pod).map(c => c.name)
    }
    return []
  }
  if (verb === 'taint' && args.length < 2) return args.length ? names(k, 'nodes') : ['node']
  if (path[0] === 'top' && !args.length) return names(k, verb === 'node' ? 'nodes' : 'pods')
  if (!BY_TYPE.has(verb)) return []
  if (!args.length) return SCALABLE.get(path[0]!)?.slice() ?? types(k, verb)
  if (args.some(a => a.includes('/'))) return []
  return (await names(k, args[0]!)).filter(n => !args.includes(n))
}

async function types(k: Kubectl, verb: string): Promise<string[]> {
  const { mappings } = await k.discovery()
  const fitting = mappings.filter(
    m => m.verbs.includes(verb === 'delete' ? 'delete' : 'get') || (verb === 'get' && m.verbs.includes('list')),
  )
  const counts = new Map<string, number>()
  for (const m of fitting) counts.set(m.plural, (counts.get(m.plural) ?? 0) + 1)
  return [
    ...new Set(fitting.map(m => (m.group && (counts.get(m.plural) ?? 0) > 1 ? `${m.plural}.${m.group}` : m.plural))),
  ]
}
