/** Discovery: which groups, versions and resources there are, in the old form and the aggregated one. */
import { apiVersionOf, type KindDef, type Subresource } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'
import { byMaturity } from '../../api/version-order.ts'
import { accepted } from '../encoding/negotiate.ts'
import { partsOf } from '../request-info.ts'
import { storageVersionHash } from './storage-version.ts'

export const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const
/** As the server lists them for custom resources. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'] as const
const CHANGE = ['get', 'patch', 'update']
const CONNECT = ['create', 'get']
const PROXY = ['create', 'delete', 'get', 'patch', 'update']

interface SubresourceFacts {
  verbs: readonly string[]
  /** Kind (and its group and version) when it is not that of the object. */
  kind?: string
  group?: string
  version?: string
}

const SUBRESOURCES: Readonly<Record<Subresource, SubresourceFacts>> = {
  status: { verbs: CHANGE },
  scale: { verbs: CHANGE, kind: 'Scale', group: 'autoscaling', version: 'v1' },
  log: { verbs: ['get'] },
  exec: { verbs: CONNECT, kind: 'PodExecOptions' },
  attach: { verbs: CONNECT, kind: 'PodAttachOptions' },
  portforward: { verbs: CONNECT, kind: 'PodPortForwardOptions' },
  proxy: { verbs: PROXY, kind: 'ProxyOptions' },
  eviction: { verbs: ['create'], kind: 'Eviction', group: 'policy', version: 'v1' },
  binding: { verbs: ['create'], kind: 'Binding' },
  ephemeralcontainers: { verbs: CHANGE },
  resize: { verbs: CHANGE },
  token: { verbs: ['create'], kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1' },
  finalize: { verbs: ['update'] },
  approval: { verbs: CHANGE },
}

/** Priorities from APIServices: of groups and of versions; greater comes first. */
export interface Priorities {
  group(group: string): number
  version(group: string, version: string): number
}

/** A version of a group, by this server or another. */
interface Version {
  version: string
  /** A resource of this very group and version, so neither is repeated in its entry. */
  isBuiltIn?: boolean
  /** As an APIResourceList has them; undefined while the server behind them cannot be asked. */
  resources(): readonly ApiResource[] | undefined
}

/** A version of a group that another server serves. */
export interface RemoteVersion extends Version {
  group: string
}

export interface ApiResource {
  name: string
  singularName: string
  namespaced: boolean
  kind: string
  group?: string
  version?: string
  verbs: readonly string[]
  shortNames?: readonly string[]
  categories?: readonly string[]
  storageVersionHash?: string
}

/** In this order: it decides what an ambiguous short name means. */
function groups({ registry, remote, priorities }: Discoverable): { group: string; versions: Version[] }[] {
  const found = new Map<string, Map<string, Version>>()
  const add = (group: string, version: Version): void => {
    const versions = found.get(group) ?? new Map<string, Version>()
    found.set(group, versions)
    if (!versions.has(version.version)) versions.set(version.version, version)
  }
  for (const { group, version, custom } of registry.all())
    add(group, { version, isBuiltIn: !custom, resources: () => resourcesOf(registry, group, version) })
  for (const one of remote) add(one.group, one)
  return [...found]
    .sort(([a], [b]) => priorities.group(b) - priorities.group(a) || (a < b ? -1 : 1))
    .map(([group, versions]) => ({
      group,
      versions: [...versions.values()].sort(
        ({ version: a }, { version: b }) =>
          priorities.version(group, b) - priorities.version(group, a) || byMaturity(a, b),
      ),
    }))
}

const singular = (kind: KindDef): string => kind.singular ?? kind.kind.toLowerCase()

function subresourceKind(kind: KindDef, facts: SubresourceFacts): { group: string; version: string; kind: string } {
  if (!facts.kind) return { group: kind.group, version: kind.version, kind: kind.kind }
  const name = facts.kind === 'ProxyOptions' ? `${kind.kind}ProxyOptions` : facts.kind
  return { group: facts.group ?? kind.group, version: facts.version ?? kind.version, kind: name }
}

function resourcesOf(registry: Registry, group: string, version: string): ApiResource[] {
  const kinds = registry.all().filter(k => k.group === group && k.version === version)
  return kinds.sort((a, b) => (a.plural < b.plural ? -1 : 1)).flatMap(kind => entriesOf(registry, kind))
}

function entriesOf(registry: Registry, kind: KindDef): ApiResource[] {
  const hash = storageVersionHash(registry, kind)
  return [
    {
      name: kind.plural,
      singularName: singular(kind),
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs ?? (kind.custom ? CUSTOM_VERBS : ALL_VERBS),
      ...(kind.shortNames?.length && { shortNames: kind.shortNames }),
      ...(kind.categories?.length && { categories: kind.categories }),
      ...(hash && { storageVersionHash: hash }),
    },
    ...(kind.subresources ?? []).map(name => {
      const facts = SUBRESOURCES[name]
      const own = subresourceKind(kind, facts)
      const elsewhere = own.group !== kind.group || own.version !== kind.version
      return {
        name: `${kind.plural}/${name}`,
        singularName: '',
        namespaced: kind.namespaced,
        ...(elsewhere && { group: own.group, version: own.version }),
        kind: own.kind,
        verbs: facts.verbs,
      }
    }),
  ]
}

const groupOf = (group: string, versions: readonly Version[]): object => {
  const all = versions.map(({ version }) => ({ groupVersion: `${group}/${version}`, version }))
  return { name: group, versions: all, preferredVersion: all[0] }
}

/** Entries of an APIResourceList in the aggregated form. */
function regrouped(group: string, { version, isBuiltIn, resources }: Version): object {
  const found = resources()
  const list = found ?? []
  const own = isBuiltIn ? { group: '', version: '' } : { group, version }
  const kindOf = (r: ApiResource): object => ({
    group: r.group ?? own.group,
    version: r.version ?? own.version,
    kind: r.kind,
  })
  return {
    version,
    resources: list
      .filter(r => !r.name.includes('/'))
      .map(r => {
        const subresources = list.filter(s => s.name.startsWith(`${r.name}/`))
        return {
          resource: r.name,
          responseKind: kindOf(r),
          scope: r.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: r.singularName,
          verbs: r.verbs,
          ...(r.shortNames && { shortNames: r.shortNames }),
          ...(r.categories && { categories: r.categories }),
          ...(subresources.length && {
            subresources: subresources.map(s => ({
              subresource: s.name.split('/')[1],
              responseKind: kindOf(s),
              verbs: s.verbs,
            })),
          }),
        }
      }),
    freshness: found ? 'Current' : 'Stale',
  }
}

/** The aggregated form, apidiscovery.k8s.io. */
function aggregated(what: Discoverable, core: boolean): object {
  const items = groups(what)
    .filter(g => (g.group === '') === core)
    .map(({ group, versions }) => ({
      metadata: { ...(group && { name: group }) },
      versions: versions.map(v => regrouped(group, v)),
    }))
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }
}

export interface Discoverable {
  registry: Registry
  remote: readonly RemoteVersion[]
  priorities: Priorities
}

export interface Discovery {
  body: object
  /** Of the aggregated form; the others come in whatever is accepted. */
  type?: string
  /** Whether its path is a route of the server, with methods and media types of its own. */
  isRoute: boolean
}

/** What a discovery path answers; undefined when the path is none of them. */
export function discover(what: Discoverable, path: string, accept: string | undefined): Discovery | undefined {
  const [root, group, version, ...more] = partsOf(path)
  if (root === 'api' && version === undefined)
    return group === undefined ? atRoot(what, root, accept) : versionDocument(what.registry, '', group)
  if (root !== 'apis' || more.length) return undefined
  if (group === undefined) return atRoot(what, root, accept)
  if (version !== undefined) return versionDocument(what.registry, group, version)
  const found = groups(what).find(g => g.group === group)
  return found && { body: { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, found.versions) }, isRoute: false }
}

const isAggregated = ({ as, g, v }: Readonly<Record<string, string>>): boolean =>
  as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && v === 'v2'

function atRoot(what: Discoverable, root: 'api' | 'apis', accept: string | undefined): Discovery {
  if (accept && accepted(accept, isAggregated)) {
    const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    return { body: aggregated(what, root === 'api'), type, isRoute: false }
  }
  if (root === 'api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }]
    return { body: { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }, isRoute: true }
  }
  const named = groups(what).filter(g => g.group)
  const body = { kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(g => groupOf(g.group, g.versions)) }
  return { body, isRoute: false }
}

/** GET /apis/GROUP/VERSION. */
function versionDocument(registry: Registry, group: string, version: string): Discovery | undefined {
  const resources = resourcesOf(registry, group, version)
  const groupVersion = apiVersionOf({ group, version })
  if (!resources.length) return undefined
  const apiVersion = groupVersion === 'v1' ? {} : { apiVersion: 'v1' }
  return { body: { kind: 'APIResourceList', ...apiVersion, groupVersion, resources }, isRoute: true }
}
