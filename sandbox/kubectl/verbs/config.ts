/** kubectl config: the contexts, clusters and users of kubeconfig files. */
import { KubectlError } from '../errors.ts'
import {
  type Cluster,
  type Context,
  configDocument,
  configPaths,
  emptyConfig,
  type KubeConfig,
  loadConfig,
  loadFile,
  saveFile,
  type User,
} from '../kubeconfig.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { objectPrinter } from '../print/printer.ts'
import { align, TABLE_TABS } from '../print/tabwriter.ts'

type Section = 'clusters' | 'users' | 'contexts'

/** The file to change: where the entry is, or the first there is. */
async function fileOf(k: Kubectl, entry?: string): Promise<{ path: string; config: KubeConfig }> {
  const merged = await k.config().catch(() => emptyConfig())
  const { paths } = configPaths(k.io, k.flags)
  let path = entry && merged.origins.get(entry)
  for (const p of paths) path ??= (await k.io.files.kind(p)) ? p : undefined
  path ??= paths.at(-1)!
  return { path, config: (await loadFile(k.io, path)) ?? emptyConfig() }
}

async function change(k: Kubectl, entry: string | undefined, work: (config: KubeConfig) => void): Promise<string> {
  const { path, config } = await fileOf(k, entry)
  work(config)
  await saveFile(k.io, path, config)
  return path
}

const section = (config: KubeConfig, s: Section): Map<string, Obj> => config[s] as Map<string, Obj>

export async function current(k: Kubectl): Promise<void> {
  const config = await k.config()
  if (!config['current-context']) throw new KubectlError('current-context is not set')
  await k.out(`${config['current-context']}\n`)
}

export async function use(k: Kubectl): Promise<void> {
  if (k.args.length !== 1) await helpAndFail(k, 'use-context')
  const name = k.args[0]!
  const config = await k.config()
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

/** Shows how it is meant before it refuses. */
async function helpAndFail(k: Kubectl, name: string, words = 'Unexpected args: '): Promise<never> {
  const { commands } = await import('../verbs.ts')
  const { helpText } = await import('../command.ts')
  const command = commands.find(c => c.name === 'config')!.commands!.find(c => c.name === name)!
  await k.out(helpText(command, (await command.help()).help, ['config', name]))
  throw new KubectlError(`${words}[${k.args.join(' ')}]`)
}

export async function getContexts(k: Kubectl): Promise<void> {
  const config = await k.config()
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
  (s: Section, header: string) =>
  async (k: Kubectl): Promise<void> => {
    const names = [...section(await k.config(), s).keys()].sort()
    if (header === 'NAME' && s === 'users' && !names.length) return k.out('No users found.\n')
    await k.out([header, ...names].map(n => `${n}\n`).join(''))
  }
export const getClusters = listNames('clusters', 'NAME')
export const getUsers = listNames('users', 'NAME')

export async function setContext(k: Kubectl): Promise<void> {
  const { flags } = k
  const useCurrent = flags.bool('current')
  if (k.args.length > 1) await helpAndFail(k, 'set-context')
  if (k.args.length === 1 && useCurrent) throw new KubectlError('cannot specify both a context name and --current')
  if (!k.args.length && !useCurrent) {
    const words = k.args.length ? '' : 'You must specify a non-empty context name or --current'
    throw new KubectlError(words.toLowerCase())
  }
  const merged = await k.config()
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

export async function setCluster(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length !== 1) await helpAndFail(k, 'set-cluster')
  const name = k.args[0]!
  const ca = flags.str('certificate-authority')
  if (flags.bool('insecure-skip-tls-verify') && ca)
    throw new KubectlError('you cannot specify a certificate authority and insecure mode at the same time')
  if (flags.bool('embed-certs') && !ca) throw new KubectlError('you must specify a --certificate-authority to embed')
  const data = flags.bool('embed-certs') ? await certificate(k, 'certificate-authority') : undefined
  await change(k, `clusters/${name}`, config => {
    const cluster: Cluster = { ...(config.clusters.get(name) ?? { server: '' }) }
    if (flags.changed('server')) cluster.server = flags.str('server').replace(/\/$/, '')
    if (flags.changed('tls-server-name')) cluster['tls-server-name'] = flags.str('tls-server-name')
    if (flags.changed('proxy-url')) cluster['proxy-url'] = flags.str('proxy-url')
    if (flags.changed('insecure-skip-tls-verify')) {
      cluster['insecure-skip-tls-verify'] = flags.bool('insecure-skip-tls-verify')
      if (!cluster['insecure-skip-tls-verify']) delete cluster['insecure-skip-tls-verify']
    }
    if (ca) {
      if (data !== undefined) cluster['certificate-authority-data'] = btoa(data)
      else cluster['certificate-authority'] = ca
    }
    config.clusters.set(name, cluster)
  })
  await k.out(`Cluster ${JSON.stringify(name)} set.\n`)
}

/** The text of the file that a flag names. */
async function certificate(k: Kubectl, flag: string): Promise<string> {
  const path = k.flags.str(flag)
  const text = await k.io.files.read(path)
  if (text === undefined)
    throw new KubectlError(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`)
  return text
}

export async function setCredentials(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length !== 1) await helpAndFail(k, 'set-credentials', 'unexpected args: ')
  const name = k.args[0]!
  if (flags.str('auth-provider')) throw new KubectlError('not simulated: credentials from an auth provider')
  if (flags.str('token') && (flags.str('username') || flags.str('password')))
    throw new KubectlError(
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    )
  const files: Record<string, string> = {}
  for (const f of ['client-certificate', 'client-key'] as const)
    if (flags.bool('embed-certs') && flags.str(f)) files[f] = await certificate(k, f)
  await change(k, `users/${name}`, config => {
    const user: User = { ...config.users.get(name) }
    for (const f of ['token', 'username', 'password'] as const) if (flags.changed(f)) user[f] = flags.str(f)
    for (const f of ['client-certificate', 'client-key'] as const) {
      if (!flags.str(f)) continue
      if (files[f] !== undefined) user[`${f}-data`] = btoa(files[f])
      else user[f] = flags.str(f)
    }
    if (flags.str('exec-command')) user.exec = execPlugin(k, user.exec)
    config.users.set(name, user)
  })
  await k.out(`User ${JSON.stringify(name)} set.\n`)
}

/** How a plugin is to be run for credentials. */
function execPlugin(k: Kubectl, old: Obj | undefined): Obj {
  const { flags } = k
  const env = new Map<string, string>((old?.env ?? []).map((e: Obj) => [e.name, e.value]))
  for (const pair of flags.list('exec-env')) {
    const at = pair.indexOf('=')
    if (at < 0) env.delete(pair.replace(/-$/, ''))
    else env.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return {
    ...old,
    apiVersion: flags.str('exec-api-version') || old?.apiVersion,
    args: flags.changed('exec-arg') ? flags.list('exec-arg') : (old?.args ?? null),
    command: flags.str('exec-command'),
    env: env.size ? [...env].map(([name, value]) => ({ name, value })) : null,
    provideClusterInfo: flags.bool('exec-provide-cluster-info'),
  }
}

const remove =
  (s: Section, noun: string) =>
  async (k: Kubectl): Promise<void> => {
    if (k.args.length !== 1) throw new KubectlError(`Unexpected args: [${k.args.join(' ')}]`)
    const name = k.args[0]!
    const merged = await k.config()
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
  const merged = await k.config()
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

/** users.joe.token → the map, and the key in it; names may hold dots. */
function locate(config: KubeConfig, property: string, create: boolean): { holder: Obj; key: string } {
  const [head, ...rest] = property.split('.')
  if (head === 'current-context' || head === 'preferences' || head === 'kind' || head === 'apiVersion') {
    if (rest.length) return { holder: (config.preferences ??= {}), key: rest.join('.') }
    return { holder: config as Obj, key: head }
  }
  if (head !== 'clusters' && head !== 'users' && head !== 'contexts')
    throw new KubectlError(`unable to parse ${property} after [] at api.Config`)
  const map = section(config, head)
  const name =
    [...map.keys()].find(n => rest.join('.') === n || rest.join('.').startsWith(`${n}.`)) ??
    (rest.length > 1 ? rest.slice(0, -1).join('.') : rest.join('.'))
  const tail = rest.join('.').slice(name.length + 1)
  if (!map.has(name)) {
    if (!create && tail) throw new KubectlError(`current map key \`${name}\` is invalid`)
    if (create) map.set(name, {})
  }
  if (!tail) return { holder: { [name]: map.get(name) }, key: name }
  return { holder: map.get(name), key: tail }
}

export async function set(k: Kubectl): Promise<void> {
  if (k.args.length !== 2) await helpAndFail(k, 'set')
  const [property, text] = k.args as [string, string]
  const entry = property.split('.').slice(0, 2).join('/')
  await change(k, entry, config => {
    const { holder, key } = locate(config, property, true)
    const asBytes = k.flags.bool('set-raw-bytes')
    holder[key] = /-data$/.test(key) && !asBytes ? text : key === 'insecure-skip-tls-verify' ? text === 'true' : text
  })
  await k.out(`Property ${JSON.stringify(property)} set.\n`)
}

export async function unset(k: Kubectl): Promise<void> {
  if (k.args.length !== 1) await helpAndFail(k, 'unset')
  const property = k.args[0]!
  await change(k, property.split('.').slice(0, 2).join('/'), config => {
    const [head, ...rest] = property.split('.')
    if (
      (head === 'clusters' || head === 'users' || head === 'contexts') &&
      rest.length &&
      section(config, head).has(rest.join('.'))
    ) {
      section(config, head).delete(rest.join('.'))
      return
    }
    const { holder, key } = locate(config, property, false)
    if (key === 'current-context') holder[key] = ''
    else delete holder[key]
  })
  await k.out(`Property ${JSON.stringify(property)} unset.\n`)
}

export async function view(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length) k.usage(`unexpected arguments: [${k.args.join(' ')}]`)
  let config = await loadConfig(k.io, flags, true)
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
  const pick = <T>(map: Map<string, T>, key: string | undefined): Map<string, T> =>
    new Map(key && map.has(key) ? [[key, map.get(key)!]] : [])
  return {
    ...config,
    'current-context': name,
    contexts: new Map([[name, context]]),
    clusters: pick(config.clusters, context.cluster),
    users: pick(config.users, context.user),
  }
}
