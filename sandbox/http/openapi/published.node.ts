/**
 * Writes published.ts: what the documents of OpenAPI that Kubernetes publishes say and our schema does not (parameters,
 * models of no kind, how lists are merged), as what is to be added to what our types make.
 *
 *   node http/openapi/published.node.ts PATH_OF_KUBERNETES_SOURCES
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { DESCRIPTIONS } from '../../api/schema/generated/descriptions.ts'
import { type Json, plainDefinition, spokenOf } from './definitions.ts'
import { digestOf } from './digest.ts'
import { schemaOfV2 } from './v2.ts'

const [source] = process.argv.slice(2)
if (!source) throw new Error('give the path of the Kubernetes sources')
const read = (file: string) => JSON.parse(readFileSync(join(source, 'api/openapi-spec', file), 'utf8'))
const swagger = read('swagger.json')

const inAddress = [
  ...Object.entries<Json>(swagger.parameters),
  ...['dryRun', 'fieldValidation'].map((name): [string, Json] => [
    name,
    swagger.paths['/api/v1/namespaces/{namespace}/pods'].post.parameters.find((p: Json) => p.name === name),
  ]),
].filter(([, parameter]) => parameter.in !== 'body')
const PARAMETERS = Object.fromEntries(
  inAddress.map(([key, p]) => [key, [p.name, p.in, p.type, p.description]]).sort(([a], [b]) => (a! < b! ? -1 : 1)),
)

const published = new Map<string, Json>()
const stable = globSync(join(source, 'api/openapi-spec/v3/{,.}*_openapi.json')).filter(f => !/alpha|beta/.test(f))
for (const file of stable)
  for (const [model, schema] of Object.entries<Json>(JSON.parse(readFileSync(file, 'utf8')).components.schemas ?? {}))
    published.set(model, schema)
// A document names options and events of watches of its own group alone; here are those of all.
for (const name of ['DeleteOptions', 'WatchEvent']) {
  const model = `io.k8s.apimachinery.pkg.apis.meta.v1.${name}`
  const gvk = 'x-kubernetes-group-version-kind'
  published.set(model, { ...published.get(model), [gvk]: swagger.definitions[model][gvk] })
}

/** RFC 7386: what makes `to` of `from`. */
function patch(from: unknown, to: unknown): unknown {
  const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap(from) || !isMap(to)) return to
  const result: Json = {}
  for (const key of Object.keys(from)) if (!(key in to)) result[key] = null
  for (const [key, value] of Object.entries(to))
    if (!isDeepStrictEqual(from[key], value)) result[key] = patch(from[key], value)
  return result
}

const MODELS: Record<string, Json> = {}
const MODELS_OF_V2: Record<string, Json> = {}
const CORRECTIONS: Record<string, unknown> = {}
for (const [model, schema] of [...published].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const ours = plainDefinition(model, DESCRIPTIONS)
  if (!ours) MODELS[model] = schema
  else if (!isDeepStrictEqual(ours, schema)) CORRECTIONS[model] = patch(ours, schema)
  const v2 = swagger.definitions[model]
  if (!isDeepStrictEqual(schemaOfV2(schema), v2)) MODELS_OF_V2[model] = v2
}
const missing = new Set<string>()
spokenOf([...published.values()], model => {
  if (!published.has(model)) missing.add(model)
})
if (missing.size) console.log('spoken of and not published:', [...missing])

const text = Object.entries({ PARAMETERS, MODELS, MODELS_OF_V2, CORRECTIONS })
  .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  .join(',\n  ')
writeFileSync(
  new URL('./published.ts', import.meta.url),
  `/**
 * What the published OpenAPI documents say and our schema does not. Made by published.node.ts from the Kubernetes sources; not
 * to be edited. It is code, not JSON, so that Node, bundlers and the compiler read it like any other part that is loaded later.
 */
import type { Published } from './definitions.ts'

/** Parameters: key → name, place, type and words. */
export const published: Published & { PARAMETERS: Readonly<Record<string, readonly [string, string, string, string]>> } = {
  ${text},
}
`,
)

/** What the published documents hold of all that is on by default, in short, for the test. */
const isServed = (name: string): boolean =>
  !/alpha|beta|^\/?logs|internal\.apiserver|storagemigration|\.GroupResource$/.test(name)
const digests = (of: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(of)
      .filter(([name]) => isServed(name))
      .map(([name, value]) => [name, digestOf(value)]),
  )
const documents = stable.map((file): [string, unknown] => [
  basename(file, '_openapi.json').replaceAll('__', '/'),
  JSON.parse(readFileSync(file, 'utf8')),
])
const golden = {
  v2: {
    paths: digests(swagger.paths),
    definitions: digests(swagger.definitions),
    parameters: digests(swagger.parameters),
  },
  v3: digests(Object.fromEntries(documents)),
}
writeFileSync(new URL('./testdata/published.json', import.meta.url), `${JSON.stringify(golden, undefined, 1)}\n`)
console.log(
  `${Object.keys(MODELS).length} models, ${Object.keys(CORRECTIONS).length} corrections, ${Object.keys(MODELS_OF_V2).length} of v2`,
)
