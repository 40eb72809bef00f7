/** Protobuf as Go's typed clients send it, byte for byte. */
import { describe, expect, it } from 'vitest'
import { GO_FIELDS } from '../../api/schema/go-fields.ts'
import { typeIds, typeNamed } from '../../api/schema/index.ts'
import { protobufToJson } from './protobuf.ts'

type Field = [number: number, value: string | boolean | Field[] | Uint8Array]

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)])

const encode = (fields: readonly Field[]): number[] =>
  fields.flatMap(([number, value]) => {
    if (typeof value === 'boolean') return [...varint(number << 3), value ? 1 : 0]
    const bytes =
      typeof value === 'string'
        ? [...new TextEncoder().encode(value)]
        : Array.isArray(value)
          ? encode(value)
          : [...value]
    return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes]
  })

/** The envelope that every message comes in. */
function sent(apiVersion: string, kind: string, fields: readonly Field[]): unknown {
  const raw = Uint8Array.from(encode(fields))
  const type: Field[] = [
    [1, apiVersion],
    [2, kind],
  ]
  const envelope = encode([
    [1, type],
    [2, raw],
    [3, ''],
    [4, ''],
  ])
  return JSON.parse(protobufToJson(Uint8Array.from([0x6b, 0x38, 0x73, 0, ...envelope])))
}

describe('protobuf', () => {
  it('holds bytes by the hundred thousand', () => {
    const key: Field[] = [
      [1, 'big'],
      [2, new Uint8Array(400_000).fill(65)],
    ]
    const { data } = sent('v1', 'Secret', [[2, key]]) as { data: Record<string, string> }
    expect(atob(data.big!)).toBe('A'.repeat(400_000))
  })

  it('every field of the schema has its number', () => {
    const numbered = new Map<string, Set<string>>()
    for (const line of GO_FIELDS.trim().split('\n')) {
      const [id = '', ...words] = line.split(' ')
      numbered.set(id, new Set(words.map(word => word.split('=')[0]!.split('.').at(-1)!)))
    }
    const lacking = typeIds().flatMap(id =>
      [...typeNamed(id)!.fields.keys()]
        .filter(field => !['apiVersion', 'kind'].includes(field) && !numbered.get(id)?.has(field))
        .map(field => `${id} ${field}`),
    )
    expect(lacking).toEqual([])
  })

  it('options of a request are the same in every group', () => {
    for (const apiVersion of ['v1', 'apps/v1', 'resource.k8s.io/v1'])
      expect(sent(apiVersion, 'DeleteOptions', [[4, 'Foreground']])).toEqual({
        apiVersion,
        kind: 'DeleteOptions',
        propagationPolicy: 'Foreground',
      })
  })

  it('a schema in a schema may also be a list, or yes or no', () => {
    const text: Field[] = [[5, 'string']]
    // openAPIV3Schema of the first version: items as one schema, additionalProperties as schema and as truth.
    const properties = (name: string, schema: Field[]): Field => [
      29,
      [
        [1, name],
        [2, schema],
      ],
    ]
    const schema: Field[] = [
      [5, 'object'],
      properties('one', [[24, [[1, text]]]]),
      properties('several', [
        [
          24,
          [
            [2, text],
            [2, text],
          ],
        ],
      ]),
      properties('more', [
        [
          30,
          [
            [1, true],
            [2, text],
          ],
        ],
      ]),
      properties('any', [[30, [[1, true]]]]),
      properties('filled', [[8, [[1, '{"a":1}']]]]),
    ]
    const version: Field[] = [
      [1, 'v1'],
      [4, [[1, schema]]],
    ]
    const made = sent('apiextensions.k8s.io/v1', 'CustomResourceDefinition', [[2, [[7, version]]]]) as {
      spec: { versions: { schema: { openAPIV3Schema: { properties: unknown } } }[] }
    }
    expect(made.spec.versions[0]!.schema.openAPIV3Schema.properties).toEqual({
      one: { items: { type: 'string' } },
      several: { items: [{ type: 'string' }, { type: 'string' }] },
      more: { additionalProperties: { type: 'string' } },
      any: { additionalProperties: true },
      filled: { default: { a: 1 } },
    })
  })
})
