/** Documents of OpenAPI: of v3 one for each group and version, and of v2 one with all of them. */
import type { KindDef } from '../../api/kind.ts'
import { DESCRIPTIONS } from '../../api/schema/generated/descriptions.ts'
import { groupPath, OF_NO_VERSION, versionPath } from './common-paths.ts'
import { customName, customSchema } from './custom.ts'
import { definitionsOf, type Json, spokenOf, typeWords } from './definitions.ts'
import { type PathItem, pathsOf } from './operations.ts'
import { published } from './published.ts'
import { itemOfV2, SECURITY, schemaOfV2, sharedParameters } from './v2.ts'
import { itemOfV3 } from './v3.ts'

const INFO = { title: 'Kubernetes', version: 'v1.36.2' }
const byName = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

/** Paths of kinds of one version; those that definitions have made have no more than their own. */
function itemsOf(kinds: readonly KindDef[]): PathItem[] {
  const [first] = kinds.filter(kind => !kind.custom)
  return [...(first ? [versionPath(first.group, first.version)] : []), ...kinds.flatMap(pathsOf)]
}

/** Models that are spoken of, and what those speak of. */
function closure(seeds: unknown, schemaOf: (model: string) => Json | undefined): [string, Json][] {
  const found = new Map<string, Json>()
  const waiting: string[] = []
  const note = (model: string): void => void waiting.push(model)
  spokenOf(seeds, note)
  for (let model = waiting.pop(); model !== undefined; model = waiting.pop()) {
    const schema = found.has(model) ? undefined : schemaOf(model)
    if (!schema) continue
    found.set(model, schema)
    spokenOf(schema, note)
  }
  return [...found]
}

const OPTIONS = /\.meta\.v1\.(?:DeleteOptions|WatchEvent)$/

/** Every group has options and events of watches of its own, of the same type; a document names its own and the first. */
function ofGroup(model: string, schema: Json, { group, version }: Pick<KindDef, 'group' | 'version'>): Json {
  const all = schema['x-kubernetes-group-version-kind'] as { group: string; version: string }[] | undefined
  if (!all || !OPTIONS.test(model)) return schema
  const own = all.filter(k => (k.group === '' && k.version === 'v1') || (k.group === group && k.version === version))
  return { ...schema, 'x-kubernetes-group-version-kind': own }
}

/** @param path `apis/apps/v1`, `apis/apps`, `version` … @param kinds those of the version */
export function v3(path: string, kinds: readonly KindDef[]): Json {
  const alone = OF_NO_VERSION[path] ?? (kinds.length ? undefined : groupPath(path.slice('apis/'.length)))
  const items = alone ? [alone] : itemsOf(kinds)
  const paths = byName(items.map(item => [item.path, itemOfV3(item)] as const))
  const of = kinds[0] ?? { group: '', version: 'v1' }
  const schemas = byName(
    closure(paths, definitionsOf(kinds, DESCRIPTIONS, published)).map(
      ([model, schema]) => [model, ofGroup(model, schema, of)] as const,
    ),
  )
  const custom = kinds.length > 0 && kinds.every(kind => kind.custom)
  return {
    openapi: '3.0.0',
    info: custom ? { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' } : INFO,
    paths,
    components: { ...(Object.keys(schemas).length && { schemas }), ...(!custom && { securitySchemes: SECURITY }) },
  }
}

export function v2(kinds: readonly KindDef[]): Json {
  const groups = new Map<string, KindDef[]>()
  for (const kind of kinds) {
    const key = `${kind.group}/${kind.version}`
    groups.set(key, [...(groups.get(key) ?? []), kind])
  }
  const own = new Set(kinds.filter(kind => kind.group && !kind.custom).map(kind => kind.group))
  const items = [...Object.values(OF_NO_VERSION), ...[...own].map(groupPath), ...[...groups.values()].flatMap(itemsOf)]
  const paths = byName(items.map(item => [item.path, itemOfV2(item)] as const))
  const parameters = sharedParameters()
  const words = typeWords(DESCRIPTIONS)
  const custom = new Map(
    kinds
      .filter(kind => kind.custom)
      .map(kind => [customName(kind), customSchema(kind, { prefix: '#/definitions/', v3: false }, words)]),
  )
  const schemaOf = definitionsOf(kinds, DESCRIPTIONS, published)
  const known = (model: string): Json | undefined =>
    custom.get(model) ?? published.MODELS_OF_V2[model] ?? schemaOfV2(schemaOf(model))
  return {
    swagger: '2.0',
    info: INFO,
    paths,
    definitions: byName(closure([paths, parameters], known)),
    parameters,
    securityDefinitions: SECURITY,
    security: [{ BearerToken: [] }],
  }
}
