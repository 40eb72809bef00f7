/**
 * Writes go-fields.ts: the fields of Kubernetes' Go types in the order in which they are declared, each with its number in
 * protobuf messages, as their tags tell.
 *
 *   node api/schema/go-fields.node.ts PATH_OF_KUBERNETES_SOURCES
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { typeIds, typeNamed } from './index.ts'

const [source] = process.argv.slice(2)
if (!source) throw new Error('give the path of the Kubernetes sources')
const staging = join(source, 'staging/src/k8s.io')

/** Package of the schema, such as `apps/v1` → file with its Go types. */
function* files(): Iterable<[string, string]> {
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
  for (const group of folders(join(staging, 'api')))
    for (const version of folders(join(staging, 'api', group)))
      yield [`${group}/${version}`, join(staging, 'api', group, version, 'types.go')]
  yield ['meta/v1', join(staging, 'apimachinery/pkg/apis/meta/v1/types.go')]
  yield ['meta/v1', join(staging, 'apimachinery/pkg/apis/meta/v1/micro_time.go')]
  yield ['apiextensions/v1', join(staging, 'apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go')]
  yield ['apiextensions/v1', join(staging, 'apiextensions-apiserver/pkg/apis/apiextensions/v1/types_jsonschema.go')]
  yield ['apiregistration/v1', join(staging, 'kube-aggregator/pkg/apis/apiregistration/v1/types.go')]
}

interface Declared {
  /** Its name in JSON, or the type of a struct that is embedded: in protobuf a message of its own, with a number but without a name. */
  name?: string
  embedded?: string
  number: number
}

const FIELD = /^\s+(?:(\w+)\s+)?[*[\]\w.]*?(\w+)\s+`(?=[^`]*protobuf:"\w+,(\d+))[^`]*json:"([^",]*)[^`]*`/gm
const structs = new Map<string, Declared[]>()
for (const [pkg, file] of files()) {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    continue
  }
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
    const fields = [...body!.matchAll(FIELD)].map(([, , type, number, json]) => ({
      ...(json ? { name: json } : { embedded: type! }),
      number: Number(number),
    }))
    structs.set(`${pkg}.${name}`, fields)
  }
}

/** `2.emptyDir=2`: field 2 holds a message whose field 2 is emptyDir. */
function words(id: string, wanted: ReadonlySet<string>, prefix = ''): string[] {
  const pkg = id.slice(0, id.indexOf('.'))
  return (structs.get(id) ?? []).flatMap(({ name, embedded, number }) => {
    if (embedded) return words(`${pkg}.${embedded}`, wanted, `${prefix}${number}.`)
    return wanted.has(name!) ? [`${prefix}${name}=${number}`] : []
  })
}

const lines = typeIds()
  .map(id => [id, ...words(id, new Set(typeNamed(id)!.fields.keys()))])
  .filter(line => line.length > 1)
  .map(line => line.join(' '))
const out = new URL('./go-fields.ts', import.meta.url)
writeFileSync(
  out,
  `/** The numbers of fields in Kubernetes' protobuf, a line for each type. Made by go-fields.node.ts from its sources; not to be edited. */\nexport const GO_FIELDS = \`\n${lines.join('\n')}\n\`\n`,
)
console.log(`${lines.length} types`)
