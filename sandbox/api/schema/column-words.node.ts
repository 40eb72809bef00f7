/**
 * Writes column-words.ts: what the printers of Kubernetes say of each column of a Table, and complains where a kind's
 * columns are not theirs.
 *
 *   node api/schema/column-words.node.ts PATH_OF_KUBERNETES_SOURCES
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Column, resourceOf } from '../kind.ts'
import { age, name, plainColumns } from '../kinds/columns.ts'
import { kinds } from '../kinds/index.ts'

const [source] = process.argv.slice(2)
if (!source) throw new Error('give the path of the Kubernetes sources')
const staging = join(source, 'staging/src/k8s.io')
const printers = readFileSync(join(source, 'pkg/printers/internalversion/printers.go'), 'utf8')

/** What a Go struct's documentation says of its fields: `apps/v1.DeploymentSpec` → field → words. */
const documented = new Map<string, Map<string, string>>()
const go = (literal: string): string => JSON.parse(literal)
for (const file of [
  ...globSync(join(staging, 'api/*/*/types_swagger_doc_generated.go')),
  join(staging, 'apimachinery/pkg/apis/meta/v1/types_swagger_doc_generated.go'),
]) {
  const [group, version] = file.split('/').slice(-3) as [string, string, string]
  for (const [, type, body] of readFileSync(file, 'utf8').matchAll(
    /^var map_(\w+) = map\[string\]string\{\n(.*?)^\}/gms,
  ))
    documented.set(
      `${group}/${version}.${type}`,
      new Map([...body!.matchAll(/^\s+("[^"]*"):\s+("(?:[^"\\]|\\.)*"),$/gm)].map(m => [go(m[1]!), go(m[2]!)])),
    )
}

/** Names of imports: `appsv1` → `apps/v1`. */
const imports = new Map(
  [...printers.matchAll(/^\s+(\w+) "k8s\.io\/(?:api|apimachinery\/pkg\/apis)\/(\w+\/\w+)"$/gm)].map(m => [
    m[1]!,
    m[2]!,
  ]),
)

/** Fields whose types the printers ask by way of what holds them. */
const INNER: Readonly<Record<string, string>> = { InvolvedObject: 'ObjectReference', Source: 'EventSource' }

type Told = Required<Pick<Column<never>, 'name' | 'type' | 'format' | 'priority'>> & { words: string }

function told(line: string): Told {
  const text = (key: string): string | undefined => new RegExp(`${key}: ("(?:[^"\\\\]|\\\\.)*")`).exec(line)?.[1]
  const reference = /Description: (\w+)\.(\w+)\{\}\.(?:(\w+)\.)?SwaggerDoc\(\)\["(\w+)"\]/.exec(line)
  const literal = text('Description')
  if (!reference && !literal) throw new Error(`no description in ${line}`)
  const [, pkg, outer, inner, field] = reference ?? []
  const type = inner ? INNER[inner] : outer
  return {
    name: go(text('Name')!),
    type: go(text('Type')!) as 'string',
    format: go(text('Format') ?? '""'),
    priority: Number(/Priority: (\d)/.exec(line)?.[1] ?? 0),
    words: literal ? go(literal) : (documented.get(`${imports.get(pkg!)}.${type}`)?.get(field!) ?? ''),
  }
}

const lines = (text: string): Told[] =>
  text
    .split('\n')
    .filter(line => line.includes('{Name:'))
    .map(told)
/** Variable of the printers → its columns. */
const tables = new Map<string, Told[]>()
for (const [, variable, body] of printers.matchAll(
  /^\t(\w+) :?= (?:append\(\w+, )?\[\]metav1\.TableColumnDefinition\{\n(.*?)^\t\}/gms,
))
  tables.set(variable!, [...(tables.get(variable!) ?? []), ...lines(body!)])
/** Go's name of the kind → its columns. */
const byKind = new Map<string, Told[]>()
for (const [, variable, print] of printers.matchAll(/h\.TableHandler\((\w+), print(\w+)\)/g)) {
  const [, kind] = new RegExp(`^func print${print}\\(\\w+ \\*\\w+\\.(\\w+),`, 'm').exec(printers)!
  byKind.set(kind!, tables.get(variable!)!)
}
const services = readFileSync(join(staging, 'kube-aggregator/pkg/registry/apiservice/etcd/etcd.go'), 'utf8')
byKind.set('APIService', lines(services.replace(/swaggerMetadataDescriptions/g, 'metav1.ObjectMeta{}.SwaggerDoc()')))

const general = new Map<string, string>()
for (const { name, words } of tables.get('podColumnDefinitions')!)
  if (name === 'Name' || name === 'Age') general.set(name, words)
const created = general.get('Age')!

const made: Record<string, Record<string, string>> = {}
const scale = { group: '', plural: 'Scale', kind: 'Scale', columns: [] }
for (const kind of [...kinds.filter(k => k.columns !== plainColumns && k.columns.length), scale]) {
  const expected = byKind.get(kind.kind)
  if (!expected) {
    console.log(`${kind.kind}: Kubernetes has no printer`)
    continue
  }
  const shape = ({ name, type = 'string', format = '', priority = 0 }: Omit<Told, 'words'> | Column<never>): string =>
    [name, type, format, priority].join(' ')
  for (const [i, column] of kind.columns.entries())
    if (!expected[i] || shape(column) !== shape(expected[i]))
      console.log(`${kind.kind}: ${shape(column)} is ${expected[i] && shape(expected[i])}`)
  if (kind !== scale && kind.columns.length !== expected.length) console.log(`${kind.kind}: other columns`)
  made[resourceOf(kind)] = Object.fromEntries(
    expected.filter(c => general.get(c.name) !== c.words).map(c => [c.name, c.words]),
  )
}

writeFileSync(
  new URL('./column-words.ts', import.meta.url),
  `/** The descriptions of Tables' columns, as Kubernetes' printers have them. Made by column-words.node.ts from its sources; not to be edited. */

/** Of all kinds alike, where a kind says nothing else: column → words. */
export const GENERAL: Readonly<Record<string, string>> = ${JSON.stringify(
    { [name.name]: general.get('Name'), [age.name]: created, [plainColumns[1]!.name]: created },
    undefined,
    2,
  )}
/** Resource → column → words. */
export const COLUMN_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(made, undefined, 2)}
`,
)
