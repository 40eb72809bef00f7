/**
 * Makes the schema from the published declarations: `types.ts`, small enough for the worker; `descriptions.json`, loaded
 * when somebody asks for an explanation; and the editor's JSON schema. Run by `npm run schema`.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { apiVersionOf } from '../kind.ts'
import { kinds } from '../kinds/index.ts'
import { Declarations, type DeclaredType, declarationFile } from './declarations.node.ts'
import { editorSchema } from './editor.ts'
import { encodeTypes } from './encode.ts'
import { GO_FACTS } from './go-facts.ts'
import { GO_FIELDS } from './go-fields.ts'

/** Types that are sent to the API without being kinds of their own. */
const OTHERS = [
  ['kubernetes-models/autoscaling/v1', 'Scale'],
  ['kubernetes-models/policy/v1', 'Eviction'],
  ['kubernetes-models/authentication.k8s.io/v1', 'TokenRequest'],
  ['@kubernetes-models/apimachinery/apis/meta/v1', 'Status'],
  ['@kubernetes-models/apimachinery/apis/meta/v1', 'DeleteOptions'],
  ['@kubernetes-models/apimachinery/apis/meta/v1', 'ListMeta'],
] as const

const declarations = new Declarations()
const roots = kinds.map(kind => {
  const file = declarationFile(`kubernetes-models/${apiVersionOf(kind)}/${kind.kind}`)
  // A kind has the fields that Kubernetes has published for it, so there is nothing to make of one that is made up.
  if (!existsSync(file))
    throw new Error(`kubernetes-models declares no ${kind.kind} of ${apiVersionOf(kind)} (${file})`)
  return { kind, type: declarations.read(file, `I${kind.kind}`) }
})
for (const [module, name] of OTHERS) declarations.read(declarationFile(`${module}/${name}`), `I${name}`)

// The declarations fix apiVersion and kind to one value and leave out what they mean; the API only asks for strings.
const typeMeta = declarations.types
  .get('meta/v1.DeleteOptions')!
  .fields.filter(f => /^(?:apiVersion|kind)$/.test(f.name))
for (const { fields } of declarations.types.values()) {
  for (const [i, field] of fields.entries()) {
    const general = typeMeta.find(f => f.name === field.name)
    const literal = field.shape.is === 'string' && field.shape.enum?.length === 1
    if (general && (literal || field.description === ''))
      fields[i] = { ...general, required: false, shape: { is: 'string' } }
  }
}

// Spelt out in place instead of named.
const inlined = declarations.types.get('apps/v1.StatefulSetSpec')!.fields.find(f => f.name === 'volumeClaimTemplates')!
inlined.shape = { is: 'list', of: { is: 'ref', type: 'core/v1.PersistentVolumeClaim' } }

const types = [...declarations.types.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

const describe = (type: DeclaredType): unknown => ({
  ...(type.description && { '': type.description }),
  ...Object.fromEntries(
    type.fields
      .filter(f => f.description || enumOf(f.shape))
      .map(f => {
        const values = enumOf(f.shape)
        return [f.name, values ? [f.description, values] : f.description]
      }),
  ),
})

function enumOf(shape: DeclaredType['fields'][number]['shape']): string[] | undefined {
  if (shape.is === 'list') return enumOf(shape.of)
  return shape.is === 'string' && shape.enum && shape.enum.length > 1 ? shape.enum : undefined
}

const HEADER = '// Made by npm run schema; not to be edited.\n'
const here = resolve(import.meta.dirname, 'generated')
const site = resolve(import.meta.dirname, '../../../site/public/schema')
mkdirSync(here, { recursive: true })
mkdirSync(site, { recursive: true })
writeFileSync(
  resolve(here, 'types.ts'),
  `${HEADER}export const TYPES = ${JSON.stringify(encodeTypes(types, GO_FACTS, GO_FIELDS))}\n`,
)
writeFileSync(
  resolve(here, 'descriptions.ts'),
  `${HEADER}export const DESCRIPTIONS: Record<string, Record<string, string | [string, string[]]>> = ${JSON.stringify(
    Object.fromEntries(types.map(t => [t.id, describe(t)])),
  )}\n`,
)
writeFileSync(resolve(site, 'k8s.json'), JSON.stringify(editorSchema(types, roots)))
