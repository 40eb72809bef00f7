/** kubectl config: the contexts, clusters and users of kubeconfig files. */
import { KubectlError } from '../../errors.ts'
import {
  type Context,
  configDocument,
  configPaths,
  emptyConfig,
  type KubeConfig,
  loadFile,
  saveFile,
} from '../../kubeconfig/kubeconfig.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { objectPrinter } from '../../print/printer.ts'
import { align, TABLE_TABS } from '../../print/tabwriter.ts'
import { change, fileOf, helpAlone, helpAndFail, type Section, section, startingConfig } from './file.ts'

export async function current(k: Kubectl): Promise<void> {
  const config = await startingConfig(k)
  if (!config['current-context']) throw new KubectlError('current-context is not set')
  await k.out(`${config['current-context']}\n`)
}

export async function use(k: Kubectl): Promise<void> {
  if (k.args.length !== 1) await helpAndFail(k, 'use-context')
  const name = k.args[0]!
  const config = await startingConfig(k)
  if (!config.contexts.has(name)) throw new KubectlError(`no context exists with the name: ${JSON.stringify(name)}`)
  const holders = configPaths(k.io, k.flags).paths
  let target = ''
  for (const p of holders) if (!target && (await loadFile(k.io, p))?.['current-context']) target = p
  const path = target || (await fileOf(k)).path
  const file = (await loadFile(k.io, path)) ?? emptyConfig()
  file['current-context'] = name
  await saveFile(k.io, path, file)
  await k.out(`Switched to context ${JSON.stringify(name)}.\n`)
}

export async function getContexts(k: Kubectl): Promise<void> {
  const config = await startingConfig(k)
  const output = k.flags.str('output')
  const nameOnly = output === 'name'
  if (output && !nameOnly)
    throw new KubectlError(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    )
  const wanted = k.args.length ? k.args : [...config.contexts.keys()].sort()
  let text = nameOnly || k.flags.bool('no-headers') ? '' : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n'
  const errors: Error[] = []
  for (const name of wanted) {
    const c = config.contexts.get(name)
    if (!c) {
      errors.push(new KubectlError(`context ${name} not found`))
      continue
    }
    text += nameOnly
      ? `${name}\n`
      : `${name === config['current-context'] ? '*' : ''}\t${name}\t${c.cluster ?? ''}\t${c.user ?? ''}\t${c.namespace ?? ''}\n`
  }
  await k.out(align(text, TABLE_TABS))
  if (errors.length) throw errors[0]
}

const listNames =
  (s: Section) =>
  async (k: Kubectl): Promise<void> => {
    const names = [...section(await startingConfig(k), s).keys()].sort()
    if (s === 'users' && !names.length) return k.out('No users found.\n')
    await k.out(['NAME', ...names].map(n => `${n}\n`).join(''))
  }
export const getClusters = listNames('clusters')
export const getUsers = listNames('users')

export async function setContext(k: Kubectl): Promise<void> {
  const { flags } = k
  const useCurrent = flags.bool('current')
  if (k.args.length > 1) await helpAndFail(k, 'set-context')
  if (k.args.length === 1 && useCurrent) throw new KubectlError('you cannot specify both a context name and --current')
  if (!k.args.length && !useCurrent) throw new KubectlError('you must specify a non-empty context name or --current')
  const merged = await startingConfig(k)
  const name = useCurrent ? merged['current-context'] : k.args[0]!
  if (useCurrent && !name) throw new KubectlError('no current context is set')
  const existed = merged.contexts.has(name)
  await change(k, `contexts/${name}`, config => {
    const context: Context = { ...(config.contexts.get(name) ?? { cluster: '', user: '' }) }
    for (const f of ['cluster', 'user', 'namespace'] as const) if (flags.changed(f)) context[f] = flags.str(f)
    config.contexts.set(name, context)
  })
  await k.out(`Context ${JSON.stringify(name)} ${existed ? 'modified' : 'created'}.\n`)
}

const remove =
  (s: Section, noun: string) =>
  async (k: Kubectl): Promise<void> => {
    if (s === 'users' && k.args.length !== 1) k.usage('user to delete is required')
    if (k.args.length !== 1) return helpAlone(k, `delete-${noun}`)
    const name = k.args[0]!
    const merged = await startingConfig(k)
    const path = merged.origins.get(`${s}/${name}`)
    const first = configPaths(k.io, k.flags).paths[0]!
    if (!path) throw new KubectlError(`cannot delete ${noun} ${name}, not in ${first}`)
    if (s === 'contexts' && merged['current-context'] === name)
      await k.err(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      )
    await change(k, `${s}/${name}`, config => void section(config, s).delete(name))
    await k.out(`deleted ${noun} ${name} from ${path}\n`)
  }
export const deleteCluster = remove('clusters', 'cluster')
export const deleteContext = remove('contexts', 'context')
export const deleteUser = remove('users', 'user')

export async function renameContext(k: Kubectl): Promise<void> {
  if (k.args.length !== 2) await helpAndFail(k, 'rename-context')
  const [from, to] = k.args as [string, string]
  const merged = await startingConfig(k)
  if (!merged.contexts.has(from))
    throw new KubectlError(
      `cannot rename the context ${JSON.stringify(from)}, it's not in ${configPaths(k.io, k.flags).paths[0]}`,
    )
  if (merged.contexts.has(to))
    throw new KubectlError(
      `cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${configPaths(k.io, k.flags).paths[0]}`,
    )
  await change(k, `contexts/${from}`, config => {
    config.contexts.set(to, config.contexts.get(from)!)
    config.contexts.delete(from)
    if (config['current-context'] === from) config['current-context'] = to
  })
  await k.out(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`)
}

export async function view(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length) k.usage(`unexpected arguments: [${k.args.join(' ')}]`)
  if (!flags.bool('merge') && !flags.str('kubeconfig'))
    throw new KubectlError('if merge==false a precise file must be specified')
  let config = await startingConfig(k)
  if (flags.bool('minify')) config = minified(config, flags.str('context') || config['current-context'])
  const raw = flags.bool('raw')
  const document = configDocument(config)
  for (const e of document.clusters ?? [])
    if (e.cluster['certificate-authority-data'] && !raw && !flags.bool('flatten'))
      e.cluster = { ...e.cluster, 'certificate-authority-data': 'DATA+OMITTED' }
  for (const e of document.users ?? []) e.user = raw ? e.user : redacted(e.user)
  const printer = await objectPrinter(k.io, flags, { keepOrder: true })
  // An empty format is that of a change, which names what has no name.
  await k.out(printer ? printer.print(document) : 'config/<unknown>\n')
}

function redacted(user: Obj): Obj {
  const out = { ...user }
  for (const f of ['client-certificate-data', 'client-key-data']) if (out[f]) out[f] = 'DATA+OMITTED'
  for (const f of ['token', 'password']) if (out[f]) out[f] = 'REDACTED'
  return out
}

function minified(config: KubeConfig, name: string): KubeConfig {
  if (!name) throw new KubectlError('current-context must exist in order to minify')
  const context = config.contexts.get(name)
  if (!context) throw new KubectlError(`cannot locate context ${name}`)
  const pick = <T>(map: Map<string, T>, noun: string, key: string | undefined): Map<string, T> => {
    const found = key ? map.get(key) : undefined
    if (key && !found) throw new KubectlError(`cannot locate ${noun} ${key}`)
    return new Map(found && key ? [[key, found]] : [])
  }
  return {
    ...config,
    'current-context': name,
    contexts: new Map([[name, context]]),
    clusters: pick(config.clusters, 'cluster', context.cluster),
    users: pick(config.users, 'user', context.user),
  }
}
