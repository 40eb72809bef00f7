/** Kubeconfig files: found, merged, chosen from and written back, as client-go's clientcmd does it. */

import { toYaml } from '../../api/formats/go-yaml.ts'
import { clone } from '../../api/formats/json.ts'
import type { Flags } from '../command/flags.ts'
import { Exit, KubectlError } from '../errors.ts'
import type { Io, RestConfig } from '../io.ts'
import { isRecord, type Obj } from '../objects.ts'
import { inClusterConfig } from './in-cluster.ts'

export interface Cluster {
  server?: string
  'certificate-authority'?: string
  'certificate-authority-data'?: string
  'insecure-skip-tls-verify'?: boolean
  'tls-server-name'?: string
  'proxy-url'?: string
}
export interface User {
  token?: string
  tokenFile?: string
  username?: string
  password?: string
  'client-certificate'?: string
  'client-certificate-data'?: string
  'client-key'?: string
  'client-key-data'?: string
  exec?: Obj
  'auth-provider'?: Obj
}
export interface Context {
  cluster?: string
  user?: string
  namespace?: string
}

export interface KubeConfig {
  clusters: Map<string, Cluster>
  users: Map<string, User>
  contexts: Map<string, Context>
  'current-context': string
  preferences: Obj
  /** Which file an entry came from, as `contexts/dev`. */
  origins: Map<string, string>
}

export const emptyConfig = (): KubeConfig => ({
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  'current-context': '',
  preferences: {},
  origins: new Map(),
})

const SECTIONS = [
  ['clusters', 'cluster'],
  ['users', 'user'],
  ['contexts', 'context'],
] as const

/** The files that count, most important first. */
export function configPaths(io: Io, flags: Flags): { paths: string[]; explicit: boolean } {
  const explicit = flags.str('kubeconfig')
  if (explicit) return { paths: [explicit], explicit: true }
  const env = io.env.KUBECONFIG?.split(':').filter(Boolean)
  return { paths: env?.length ? [...new Set(env)] : [`${io.env.HOME ?? ''}/.kube/config`], explicit: false }
}

/** Every kubectl of a page reads the same file, and to take its YAML apart is a third of what a short command costs. */
let lastRead: { text: string; value: Obj } | undefined

async function parse(path: string, text: string): Promise<Obj> {
  const trimmed = text.trim()
  if (!trimmed) return {}
  if (lastRead?.text === text) return clone(lastRead.value)
  try {
    const value = trimmed.startsWith('{') ? JSON.parse(trimmed) : ((await import('yaml')).parse(text) ?? {})
    lastRead = { text, value }
    return clone(value)
  } catch (e) {
    throw new KubectlError(`error loading config file "${path}": yaml: ${(e as Error).message.split('\n')[0]}`)
  }
}

export async function loadFile(io: Io, path: string): Promise<KubeConfig | undefined> {
  const text = await io.files.read(path)
  return text === undefined ? undefined : readConfig(path, text)
}

/** @param path what the file is called in errors, and where its entries are said to come from */
export async function readConfig(path: string, text: string): Promise<KubeConfig> {
  const raw = await parse(path, text)
  const config = emptyConfig()
  const [kind, apiVersion] = [raw?.kind ?? 'Config', raw?.apiVersion ?? 'v1']
  if (kind !== 'Config' || apiVersion !== 'v1')
    throw new KubectlError(
      `error loading config file "${path}": no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"`,
    )
  if (!isRecord(raw))
    throw new KubectlError(
      `error loading config file "${path}": couldn't get version/kind; json parse error: json: cannot unmarshal`,
    )
  for (const [section, part] of SECTIONS)
    for (const entry of (raw[section] ?? []) as Obj[]) {
      const map = config[section] as Map<string, Obj>
      if (!map.has(entry.name)) map.set(entry.name, entry[part] ?? {})
      config.origins.set(`${section}/${entry.name}`, path)
    }
  config['current-context'] = raw['current-context'] ?? ''
  config.preferences = raw.preferences ?? {}
  return config
}

/** All files together; what an earlier one says wins. A file that the command line names must be there. */
export async function loadConfig(io: Io, flags: Flags, mayBeAbsent = false): Promise<KubeConfig> {
  const { paths, explicit } = configPaths(io, flags)
  const merged = emptyConfig()
  for (const path of paths) {
    const one = await loadFile(io, path)
    if (!one) {
      if (explicit && !mayBeAbsent) throw new KubectlError(`stat ${path}: no such file or directory`)
      continue
    }
    for (const [section] of SECTIONS)
      for (const [name, value] of one[section] as Map<string, Obj>)
        if (!merged[section].has(name)) {
          ;(merged[section] as Map<string, Obj>).set(name, value)
          merged.origins.set(`${section}/${name}`, path)
        }
    merged['current-context'] ||= one['current-context']
    if (!Object.keys(merged.preferences).length) merged.preferences = one.preferences
  }
  return merged
}

/** Fields of entries in the order of Go's types; others come last. */
const FIELDS = [
  ...['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority', 'certificate-authority-data'],
  ...['client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'token', 'tokenFile'],
  ...['username', 'password', 'cluster', 'user', 'namespace'],
]
const inOrder = (entry: Obj): Obj => {
  const place = (key: string): number => (FIELDS.includes(key) ? FIELDS.indexOf(key) : FIELDS.length)
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => place(a) - place(b)))
}

/** The document as kubectl holds it: entries by name, keys in the order of Go's types. */
export function configDocument(config: KubeConfig): Obj {
  const entries = (section: 'clusters' | 'users' | 'contexts', part: string): Obj[] | null => {
    const map = config[section] as Map<string, Obj>
    return map.size ? [...map.keys()].sort().map(name => ({ name, [part]: inOrder(map.get(name)) })) : null
  }
  return {
    kind: 'Config',
    apiVersion: 'v1',
    preferences: config.preferences,
    clusters: entries('clusters', 'cluster'),
    users: entries('users', 'user'),
    contexts: entries('contexts', 'context'),
    'current-context': config['current-context'],
  }
}

export async function saveFile(io: Io, path: string, config: KubeConfig): Promise<void> {
  const slash = path.lastIndexOf('/')
  if (slash > 0) await io.files.mkdir(path.slice(0, slash))
  await io.files.write(path, toYaml(configDocument(config)), 0o600)
}

/** The context in force, or the errors that clientcmd has for one that is not there. */
function currentContext(config: KubeConfig, flags: Flags): { name: string; context: Context } {
  const name = flags.str('context') || config['current-context']
  const context = config.contexts.get(name)
  if (name && !context)
    throw new Exit(1, `Error in configuration: context was not found for specified context: ${name}`)
  return { name, context: context ?? {} }
}

/**
 * Names that flags give must be there, before anything else is looked at.
 * Some verbs have flags of their own by these names.
 */
function givenName(flags: Flags, name: 'cluster' | 'user'): string {
  return flags.rows.get(name)?.[4].startsWith('The name of the kubeconfig') ? flags.str(name) : ''
}

/** What a namespace is asked of: the context in force, in a configuration that could be used. */
export function usableContext(config: KubeConfig, flags: Flags): { name: string; context: Context } {
  const current = currentContext(config, flags)
  const cluster = givenName(flags, 'cluster')
  if (cluster && !config.clusters.has(cluster))
    throw new KubectlError(`no server found for cluster ${JSON.stringify(cluster)}`)
  return current
}

const base64 = (text: string): string => atob(text.replace(/\s/g, ''))

interface Selected {
  clusterName: string
  cluster: Cluster | undefined
  userName: string
  user: User
}

/** The entries that flags and the context in force select. @throws when one is not there */
function selectedEntries(config: KubeConfig, flags: Flags): Selected {
  const [givenUser, givenContext, givenCluster] = [
    givenName(flags, 'user'),
    flags.str('context'),
    givenName(flags, 'cluster'),
  ]
  if (givenUser && !config.users.has(givenUser)) throw new KubectlError(`auth info "${givenUser}" does not exist`)
  if (givenContext && !config.contexts.has(givenContext))
    throw new KubectlError(`context "${givenContext}" does not exist`)
  if (givenCluster && !config.clusters.has(givenCluster))
    throw new KubectlError(`cluster "${givenCluster}" does not exist`)
  const { name, context } = currentContext(config, flags)
  const clusterName = givenCluster || context.cluster || ''
  const cluster = config.clusters.get(clusterName)
  if (clusterName && !cluster)
    throw new Exit(1, `Error in configuration: cluster "${clusterName}" not found for context: ${name}`)
  const userName = givenUser || context.user || ''
  return { clusterName, cluster, userName, user: config.users.get(userName) ?? {} }
}

/** Certificates and keys in PEM: from the file that a flag names, from the configuration itself, or from a file beside it. */
function pemReader(io: Io, config: KubeConfig, { clusterName, userName }: Selected) {
  const nearConfig = (file: string): string => {
    const origin = config.origins.get(`clusters/${clusterName}`) ?? config.origins.get(`users/${userName}`) ?? ''
    return file.startsWith('/') || !origin.includes('/') ? file : `${origin.slice(0, origin.lastIndexOf('/'))}/${file}`
  }
  return async (
    called: string,
    data: string | undefined,
    file: string | undefined,
    given: string,
  ): Promise<string | undefined> => {
    const path = given || (file && nearConfig(file))
    if (!given && data) return base64(data)
    if (!path) return undefined
    const text = await io.files.read(path)
    if (text !== undefined) return text
    const owner = called === 'certificate-authority' ? clusterName : userName
    throw new KubectlError(
      `unable to read ${called} ${path} for ${owner} due to open ${path}: no such file or directory`,
    )
  }
}

/** What the transport needs to reach the server that configuration and flags name. */
export async function restConfig(io: Io, flags: Flags, config: KubeConfig): Promise<RestConfig> {
  const selected = selectedEntries(config, flags)
  const { cluster, userName, user } = selected
  if (user.exec || user['auth-provider'])
    throw new KubectlError(
      `not simulated: user "${userName}" gets its credentials from a plugin; give --token or a client certificate`,
    )
  const as = flags.str('as')
  const groups = flags.list('as-group')
  if (!as && (groups.length || flags.str('as-uid')))
    throw new KubectlError(`requesting uid, groups or user-extra for ${userName} without impersonating a user`)
  const server = flags.str('server') || cluster?.server
  const inside = server ? undefined : await inClusterConfig(io)
  const address = server || inside?.server || io.defaultServer || 'http://localhost:8080'
  const impersonate = as && { user: as, groups, ...(flags.str('as-uid') && { uid: flags.str('as-uid') }) }
  const pem = pemReader(io, config, selected)
  const caData = await pem(
    'certificate-authority',
    cluster?.['certificate-authority-data'],
    cluster?.['certificate-authority'],
    flags.str('certificate-authority'),
  )
  const certData = await pem(
    'client-cert',
    user['client-certificate-data'],
    user['client-certificate'],
    flags.str('client-certificate'),
  )
  const keyData = await pem('client-key', user['client-key-data'], user['client-key'], flags.str('client-key'))
  // Credentials are never sent in the clear.
  if (!address.startsWith('https://')) return { server: address, ...(impersonate && { impersonate }) }
  return {
    server: address,
    caData: caData ?? inside?.caData,
    certData,
    keyData,
    token:
      flags.str('token') ||
      user.token ||
      (user.tokenFile ? (await io.files.read(user.tokenFile))?.trim() : undefined) ||
      inside?.token,
    username: flags.str('username') || user.username,
    password: flags.str('password') || user.password,
    insecure: flags.changed('insecure-skip-tls-verify')
      ? flags.bool('insecure-skip-tls-verify')
      : cluster?.['insecure-skip-tls-verify'],
    tlsServerName: flags.str('tls-server-name') || cluster?.['tls-server-name'],
    ...(impersonate && { impersonate }),
  }
}
