/** Writes types as the compact text that `types.ts` reads: one line per type, one word per field. */
import type { DeclaredField, DeclaredType, Shape } from './declarations.node.ts'

const LETTER: Record<string, string> = {
  string: 's',
  number: 'i',
  boolean: 'b',
  any: 'a',
  quantity: 'q',
  intOrString: 'x',
  time: 't',
  microTime: 'u',
}
/** Go types that change what a value may be, not only how messages call it. */
const BY_GO_TYPE: Record<string, string> = {
  int64: 'l',
  '[]int64': '[l',
  float64: 'f',
  '[]byte': 'B',
  'map[string][]byte': '{B',
}

/** The fields of each type by name: where its Go declaration has them. */
const placesIn = (goFields: string): ReadonlyMap<string, ReadonlyMap<string, number>> =>
  new Map(
    goFields
      .trim()
      .split('\n')
      .map(line => {
        const [id = '', ...words] = line.split(' ')
        // What every object says of itself is declared elsewhere, and comes first.
        const names = [
          'kind',
          'apiVersion',
          ...words.map(word => word.slice(word.lastIndexOf('.') + 1, word.indexOf('='))),
        ]
        return [id, new Map(names.map((name, i) => [name, i]))]
      }),
  )

/**
 * Fields come in the order of their declarations.
 * @param facts the lines of go-facts.ts
 * @param goFields those of go-fields.ts
 */
export function encodeTypes(types: readonly DeclaredType[], facts: string, goFields: string): string {
  const places = placesIn(goFields)
  const index = new Map(types.map((type, i) => [type.id, i]))
  const known = new Map(
    facts
      .trim()
      .split('\n')
      .map(line => [line.slice(0, line.indexOf(' ')), line]),
  )
  return types
    .map(type => {
      const flags = new Map(
        (known.get(type.id) ?? '')
          .split(' ')
          .slice(1)
          .map(word => /^([$\w-]*?\w)(-?(?:[*+:~%$^=].*)?)$/.exec(word))
          .map(match => [match?.[1] ?? '', match?.[2] ?? '']),
      )
      const unknown = [...flags.keys()].filter(name => name && !type.fields.some(f => f.name === name))
      if (unknown.length) throw new Error(`facts about fields that ${type.id} has not: ${unknown}`)
      const place = ({ name }: DeclaredField): number => places.get(type.id)?.get(name) ?? Number.MAX_SAFE_INTEGER
      const fields = [...type.fields].sort((a, b) => place(a) - place(b))
      return [type.id, ...fields.map(field => encodeField(field, flags.get(field.name) ?? '', index))].join(' ')
    })
    .join('\n')
}

function encodeField(field: DeclaredField, flags: string, index: Map<string, number>): string {
  const goType = /:([^~%$^*+=]+)/.exec(flags)?.[1] ?? ''
  const shape = BY_GO_TYPE[goType]
  if (shape) flags = flags.replace(`:${goType}`, '')
  return `${field.name}${field.required ? '!' : ''}=${shape ?? encodeShape(field.shape, index)}${flags}`
}

function encodeShape(shape: Shape, index: Map<string, number>): string {
  if (shape.is === 'list') return `[${encodeShape(shape.of, index)}`
  if (shape.is === 'map') return `{${encodeShape(shape.of, index)}`
  if (shape.is === 'ref') return `@${index.get(shape.type)}`
  return LETTER[shape.is]!
}
