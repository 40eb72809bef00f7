/** The resources that a server has, and the lookup of what a word of the command line names among them. */
import { KubectlError } from '../errors.ts'
import { groupOf, versionOf } from '../objects.ts'

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
  subresources: string[]
}

/** What its URL tells of a resource. */
export type Resource = Pick<Mapping, 'group' | 'version' | 'plural' | 'namespaced'>

/** A group of resources with its versions, the preferred one first; '' is the core. */
export interface Group {
  name: string
  versions: readonly string[]
}

export const apiVersionOf = (m: { group: string; version: string }): string =>
  m.group ? `${m.group}/${m.version}` : m.version
/** deployments.apps */
export const qualifiedPlural = (m: Mapping): string => (m.group ? `${m.plural}.${m.group}` : m.plural)

/** No kind of that name in that version. */
export class NoMatch extends KubectlError {}

export class Discovery {
  /** In the order of the server's preference: groups first, then their versions. */
  readonly mappings: readonly Mapping[]
  readonly groups: readonly Group[]
  /** Whether it is what the server says now; else it may be worth asking again for what was not found. */
  readonly fresh: boolean
  constructor(mappings: readonly Mapping[], groups: readonly Group[], fresh: boolean) {
    this.mappings = mappings
    this.groups = groups
    this.fresh = fresh
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
