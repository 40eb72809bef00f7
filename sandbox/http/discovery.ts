/** Discovery: which groups, versions and resources there are, in the old form and the aggregated one. */
import { apiVersionOf, type KindDef, type Subresource } from '../api/kind.ts'
import type { Registry } from '../api/registry.ts'
import { parseAccept } from './negotiate.ts'

export const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const
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

/** The order of groups, which decides what an ambiguous short name means. Others follow, by name. */
const GROUPS = [
  '',
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
]

interface Version {
  version: string
  kinds: KindDef[]
}

const place = (group: string): number => {
  const at = GROUPS.indexOf(group)
  return at < 0 ? GROUPS.length : at
}

/** v2 before v1, stable before beta before alpha. */
function byPriority(a: string, b: string): number {
  const rank = (v: string): number[] => {
    const m = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(v)
    return m ? [m[2] === undefined ? 2 : m[2] === 'beta' ? 1 : 0, Number(m[1]), Number(m[3] ?? 0)] : [-1, 0, 0]
  }
  const x = rank(a)
  const y = rank(b)
  for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return y[i]! - x[i]!
  return a < b ? -1 : 1
}

export function groups(registry: Registry): { group: string; versions: Version[] }[] {
  const found = new Map<string, Map<string, KindDef[]>>()
  for (const kind of registry.all()) {
    const versions = found.get(kind.group) ?? new Map<string, KindDef[]>()
    found.set(kind.group, versions)
    versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind])
  }
  return [...found]
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([group, versions]) => ({
      group,
      versions: [...versions]
        .sort(([a], [b]) => byPriority(a, b))
        .map(([version, kinds]) => ({ version, kinds: kinds.sort((a, b) => (a.plural < b.plural ? -1 : 1)) })),
    }))
}

const singular = (kind: KindDef): string => kind.singular ?? kind.kind.toLowerCase()

function subresourceKind(kind: KindDef, facts: SubresourceFacts): { group: string; version: string; kind: string } {
  if (!facts.kind) return { group: kind.group, version: kind.version, kind: kind.kind }
  const name = facts.kind === 'ProxyOptions' ? `${kind.kind}ProxyOptions` : facts.kind
  return { group: facts.group ?? kind.group, version: facts.version ?? kind.version, kind: name }
}

/** GET /apis/GROUP/VERSION. */
function resourceList(version: string, kinds: readonly KindDef[]): object {
  const resources = kinds.flatMap(kind => [
    {
      name: kind.plural,
      singularName: singular(kind),
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs ?? ALL_VERBS,
      ...(kind.shortNames?.length && { shortNames: kind.shortNames }),
      ...(kind.categories?.length && { categories: kind.categories }),
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
  ])
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources }
}

const groupOf = (group: string, versions: readonly Pick<Version, 'version'>[]): object => {
  const all = versions.map(({ version }) => ({ groupVersion: `${group}/${version}`, version }))
  return { name: group, versions: all, preferredVersion: all[0] }
}

/** A version of a group that another server serves. */
export interface RemoteVersion {
  group: string
  version: string
  /** As its own discovery lists them; undefined while it cannot be asked. */
  resources(): readonly object[] | undefined
}

/** Entries of an APIResourceList in the aggregated form. */
function regrouped({ group, version, resources }: RemoteVersion): object {
  const found = resources()
  const list = (found ?? []) as readonly Record<string, unknown>[]
  const kindOf = (r: Record<string, unknown>): object => ({
    group: r.group ?? group,
    version: r.version ?? version,
    kind: r.kind,
  })
  return {
    version,
    resources: list
      .filter(r => !String(r.name).includes('/'))
      .map(r => {
        const subresources = list.filter(s => String(s.name).startsWith(`${r.name}/`))
        return {
          resource: r.name,
          responseKind: kindOf(r),
          scope: r.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: r.singularName,
          verbs: r.verbs,
          ...(r.shortNames !== undefined && { shortNames: r.shortNames }),
          ...(r.categories !== undefined && { categories: r.categories }),
          ...(subresources.length && {
            subresources: subresources.map(s => ({
              subresource: String(s.name).split('/')[1],
              responseKind: kindOf(s),
              verbs: s.verbs,
            })),
          }),
        }
      }),
    freshness: found ? 'Current' : 'Stale',
  }
}

const byGroup = (remote: readonly RemoteVersion[]): [string, RemoteVersion[]][] => {
  const found = new Map<string, RemoteVersion[]>()
  for (const one of remote) found.set(one.group, [...(found.get(one.group) ?? []), one])
  return [...found].map(([group, versions]) => [group, versions.sort((a, b) => byPriority(a.version, b.version))])
}

/** The aggregated form, apidiscovery.k8s.io. */
function aggregated(registry: Registry, core: boolean, version: string, remote: readonly RemoteVersion[]): object {
  const items = groups(registry)
    .filter(g => (g.group === '') === core)
    .map(({ group, versions }) => ({
      metadata: { ...(group && { name: group }), creationTimestamp: null },
      versions: versions.map(v => ({
        version: v.version,
        resources: v.kinds.map(kind => ({
          resource: kind.plural,
          responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
          scope: kind.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: singular(kind),
          verbs: kind.verbs ?? ALL_VERBS,
          ...(kind.shortNames?.length && { shortNames: kind.shortNames }),
          ...(kind.categories?.length && { categories: kind.categories }),
          ...(kind.subresources?.length && {
            subresources: kind.subresources.map(name => ({
              subresource: name,
              responseKind: subresourceKind(kind, SUBRESOURCES[name]),
              verbs: SUBRESOURCES[name].verbs,
            })),
          }),
        })),
        freshness: 'Current',
      })),
    }))
  const others = byGroup(core ? [] : remote).map(([group, versions]) => ({
    metadata: { name: group, creationTimestamp: null },
    versions: versions.map(regrouped),
  }))
  const all = [...items, ...others]
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items: all }
}

export interface Discovery {
  body: object
  type: string
}

/** What a discovery path answers; undefined when the path is none of them. */
export function discover(
  registry: Registry,
  path: string,
  accept: string | undefined,
  remote: readonly RemoteVersion[] = [],
): Discovery | undefined {
  const json = (body: object): Discovery => ({ body, type: 'application/json' })
  const parts = path.split('/').filter(Boolean)
  if (parts.length === 1 && (parts[0] === 'api' || parts[0] === 'apis')) {
    const wanted = parseAccept(accept).find(
      m => m.params.g === 'apidiscovery.k8s.io' && m.params.as === 'APIGroupDiscoveryList',
    )
    const version = wanted?.params.v
    if (version === 'v2' || version === 'v2beta1') {
      const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`
      return { body: aggregated(registry, parts[0] === 'api', version, remote), type }
    }
    if (parts[0] === 'api') {
      return json({
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }],
      })
    }
    const all = groups(registry).filter(g => g.group)
    const others = byGroup(remote).map(([group, versions]) => groupOf(group, versions))
    const own = all.map(g => groupOf(g.group, g.versions))
    return json({ kind: 'APIGroupList', apiVersion: 'v1', groups: [...own, ...others] })
  }
  if (parts[0] === 'api' && parts.length === 2) return versionDocument(registry, '', parts[1]!, json)
  if (parts[0] !== 'apis') return undefined
  if (parts.length === 2) {
    const elsewhere = byGroup(remote).find(([group]) => group === parts[1])
    if (elsewhere) return json({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(...elsewhere) })
    const found = groups(registry).find(g => g.group === parts[1])
    return found && json({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(found.group, found.versions) })
  }
  return parts.length === 3 ? versionDocument(registry, parts[1]!, parts[2]!, json) : undefined
}

function versionDocument(
  registry: Registry,
  group: string,
  version: string,
  json: (body: object) => Discovery,
): Discovery | undefined {
  const kinds = registry.all().filter(k => k.group === group && k.version === version)
  if (!kinds.length) return undefined
  return json(
    resourceList(
      apiVersionOf({ group, version }),
      kinds.sort((a, b) => (a.plural < b.plural ? -1 : 1)),
    ),
  )
}
