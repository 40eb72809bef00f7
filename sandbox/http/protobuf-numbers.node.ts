/**
 * Writes generated/protobuf.ts: the number of each field in protobuf messages, taken from the tags of Kubernetes' Go types.
 *
 *   node http/protobuf-numbers.node.ts PATH_OF_KUBERNETES_SOURCES
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { typeIds, typeNamed } from '../api/schema/index.ts'

const [source] = process.argv.slice(2)
if (!source) throw new Error('give the path of the Kubernetes sources')
const staging = join(source, 'staging/src/k8s.io')

/** Package of the schema, such as `apps/v1` → file with its Go types. */
function* files(): Iterable<[string, string]> {
  for (const group of readdirSync(join(staging, 'api'))) {
    for (const version of ['v1', 'v2']) yield [`${group}/${version}`, join(staging, 'api', group, version, 'types.go')]
  }
  yield ['meta/v1', join(staging, 'apimachinery/pkg/apis/meta/v1/types.go')]
  yield ['meta/v1', join(staging, 'apimachinery/pkg/apis/meta/v1/micro_time.go')]
  yield ['apiextensions/v1', join(staging, 'apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go')]
  yield ['apiextensions/v1', join(staging, 'apiextensions-apiserver/pkg/apis/apiextensions/v1/types_jsonschema.go')]
  yield ['apiregistration/v1', join(staging, 'kube-aggregator/pkg/apis/apiregistration/v1/types.go')]
}

interface Message {
  fields: Map<string, number>
  /** Embedded structs are messages of their own, with a number but without a name. */
  embedded: { type: string; number: number }[]
}

const FIELD = /^\s+(?:(\w+)\s+)?[*[\]\w.]*?(\w+)\s+`(?=[^`]*protobuf:"\w+,(\d+))[^`]*json:"([^",]*)[^`]*`/gm
const messages = new Map<string, Message>()
for (const [pkg, file] of files()) {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    continue
  }
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
    const message: Message = { fields: new Map(), embedded: [] }
    for (const [, , type, number, json] of body!.matchAll(FIELD)) {
      if (json) message.fields.set(json, Number(number))
      else message.embedded.push({ type: type!, number: Number(number) })
    }
    messages.set(`${pkg}.${name}`, message)
  }
}

/** `2.emptyDir=2`: field 2 holds a message whose field 2 is emptyDir. */
function words(id: string, wanted: ReadonlySet<string>, prefix = ''): string[] {
  const message = messages.get(id)
  if (!message) return []
  const own = [...message.fields]
    .filter(([name]) => wanted.has(name))
    .map(([name, number]) => `${prefix}${name}=${number}`)
  const pkg = id.slice(0, id.indexOf('.'))
  return [...own, ...message.embedded.flatMap(e => words(`${pkg}.${e.type}`, wanted, `${prefix}${e.number}.`))]
}

const lines = typeIds()
  .map(id => [id, ...words(id, new Set(typeNamed(id)!.fields.keys()))])
  .filter(line => line.length > 1)
  .map(line => line.join(' '))
const out = new URL('./generated/protobuf.ts', import.meta.url)
writeFileSync(
  out,
  `// Made by http/protobuf-numbers.node.ts; not to be edited.\nexport const NUMBERS = \`\n${lines.join('\n')}\n\`\n`,
)
console.log(`${lines.length} messages`)
