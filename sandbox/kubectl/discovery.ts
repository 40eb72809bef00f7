/** Which resources the server has, and what the words of a command line mean among them. */
import type { Client } from './client.ts'
import { ApiError, KubectlError } from './errors.ts'
import { groupOf, type Obj, versionOf } from './objects.ts'

/** A resource of the server, in one version. */
export interface Mapping {
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  shortNames: readonly string[]
  categories: readonly string[]
  verbs: readonly string[]
  namespaced: boolean
  subresources: readonly string[]
}

export const apiVersionOf = (m: { group: string; version: string }): string =>
  m.group ? `${m.group}/${m.version}` : m.version
/** deployments.apps */
export const qualifiedPlural = (m: Mapping): string => (m.group ? `${m.plural}.${m.group}` : m.plural)
/** deployment.apps */
export const qualifiedKind = (m: { kind: string; group: string }): string =>
  m.group ? `${m.kind.toLowerCase()}.${m.group}` : m.kind.toLowerCase()

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'

/** No kind of that name in that version. */
export class NoMatch extends KubectlError {}

export class Discovery {
  /** In the order of the server's preference: groups first, then their versions. */
  readonly mappings: readonly Mapping[]
  /** Groups with their versions, the preferred one first. */
  readonly groups: readonly { name: string; versions: readonly string[] }[]
  constructor(mappings: readonly Mapping[], groups: readonly { name: string; versions: readonly string[] }[]) {
    this.mappings = mappings
    this.groups = groups
  }

  /** What a word such as `po`, `deploy.apps` or `deployments.v1.apps` names. @throws KubectlError */
  resource(word: string): Mapping {
    const [resource, group, version] = split(word)
    const found = this.find(resource, group, version) ?? this.#byKind(word)
    if (!found) throw new KubectlError(`the server doesn't have a resource type "${split(word)[0]}"`)
    return found
  }

  /** The other resource that a short name could mean. */
  ambiguous(word: string): Mapping | undefined {
    const [short, group] = split(word)
    if (group !== undefined || this.mappings.some(m => m.plural === short || m.singular === short)) return undefined
    const first = this.mappings.find(m => m.shortNames.includes(short))
    return this.mappings.find(m => m.shortNames.includes(short) && m.group !== first!.group)
  }

  find(word: string, group?: string, version?: string): Mapping | undefined {
    const lower = word.toLowerCase()
    const inGroup = (m: Mapping): boolean => group === undefined || m.group === group
    const named = (m: Mapping): boolean =>
      m.plural === lower || m.singular === lower || (!m.singular && m.kind.toLowerCase() === lower)
    const fits = (m: Mapping): boolean => version === undefined || m.version === version
    const short = this.mappings.find(m => m.shortNames.includes(word) && inGroup(m))
    const all = this.mappings.filter(m => fits(m) && named(m))
    return (
      all.find(inGroup) ??
      (group ? all.find(m => m.group.startsWith(group)) : undefined) ??
      (short && this.mappings.find(m => m.group === short.group && m.plural === short.plural && fits(m)))
    )
  }

  #byKind(word: string): Mapping | undefined {
    const [kind, group, version] = split(word)
    return this.mappings.find(
      m =>
        m.kind === kind &&
        (group === undefined || m.group === group) &&
        (version === undefined || m.version === version),
    )
  }

  /** The resource of an object's kind. @throws NoMatch */
  kind(apiVersion: string, kind: string): Mapping {
    const group = groupOf(apiVersion)
    const version = versionOf(apiVersion)
    const found = this.mappings.find(m => m.kind === kind && m.group === group && m.version === version)
    if (!found) throw new NoMatch(`no matches for kind "${kind}" in version "${apiVersion}"`)
    return found
  }

  /** The resources of a category such as `all`; undefined where there is no such category. */
  category(word: string): Mapping[] | undefined {
    const seen = new Set<string>()
    const members = this.mappings.filter(m => {
      const key = qualifiedPlural(m)
      return m.categories.includes(word) && !seen.has(key) && seen.add(key)
    })
    return members.length ? members : undefined
  }
}

/** deployments.v1.apps → resource, group, version; what looks like a version counts as one only with a group after it. */
function split(word: string): [resource: string, group?: string, version?: string] {
  const parts = word.split('.')
  if (parts.length === 1) return [word]
  const [resource, second, ...rest] = parts
  if (rest.length && /^v\d+((alpha|beta)\d+)?$/.test(second!)) return [resource!, rest.join('.'), second!]
  return [resource!, parts.slice(1).join('.')]
}

const fromAggregated = (list: Obj): { mappings: Mapping[]; groups: { name: string; versions: string[] }[] } => {
  const mappings: Mapping[] = []
  const groups: { name: string; versions: string[] }[] = []
  for (const group of list.items as Obj[]) {
    const name: string = group.metadata?.name ?? ''
    groups.push({ name, versions: group.versions.map((v: Obj) => v.version) })
    for (const v of group.versions as Obj[])
      for (const r of (v.resources ?? []) as Obj[])
        mappings.push({
          group: r.responseKind?.group ?? name,
          version: r.responseKind?.version || v.version,
          kind: r.responseKind?.kind ?? '',
          plural: r.resource,
          singular: r.singularResource ?? '',
          shortNames: r.shortNames ?? [],
          categories: r.categories ?? [],
          verbs: r.verbs ?? [],
          namespaced: r.scope === 'Namespaced',
          subresources: (r.subresources ?? []).map((s: Obj) => s.subresource),
        })
  }
  return { mappings, groups }
}

/** The older form: one document per group and version. */
async function fromDocuments(
  client: Client,
  core: Obj,
  list: Obj,
): Promise<{ mappings: Mapping[]; groups: { name: string; versions: string[] }[] }> {
  const groups = [
    { name: '', versions: core.versions as string[] },
    ...(list.groups as Obj[]).map(g => ({
      name: g.name as string,
      versions: g.versions.map((v: Obj) => v.version) as string[],
    })),
  ]
  const mappings: Mapping[] = []
  for (const g of groups)
    for (const version of g.versions) {
      const doc = await client.json('GET', g.name ? `/apis/${g.name}/${version}` : `/api/${version}`)
      const all = doc.resources as Obj[]
      for (const r of all.filter(r => !r.name.includes('/')))
        mappings.push({
          group: r.group ?? g.name,
          version: r.version ?? version,
          kind: r.kind,
          plural: r.name,
          singular: r.singularName ?? '',
          shortNames: r.shortNames ?? [],
          categories: r.categories ?? [],
          verbs: r.verbs ?? [],
          namespaced: r.namespaced,
          subresources: all.filter(s => s.name.startsWith(`${r.name}/`)).map(s => s.name.slice(r.name.length + 1)),
        })
    }
  return { mappings, groups }
}

export async function discover(client: Client): Promise<Discovery> {
  try {
    const core = await client.json('GET', '/api', { accept: AGGREGATED })
    const rest = await client.json('GET', '/apis', { accept: AGGREGATED })
    if (Array.isArray(core.items) && Array.isArray(rest.items)) {
      const both = fromAggregated({ items: [...core.items, ...rest.items] })
      return new Discovery(both.mappings, both.groups)
    }
    const both = await fromDocuments(client, core, rest)
    return new Discovery(both.mappings, both.groups)
  } catch (e) {
    if (e instanceof ApiError && e.reason === 'NotFound')
      throw new ApiError({ ...e.status, message: 'the server could not find the requested resource' })
    throw e
  }
}
