/** The order in which Go writes the fields of its types, for objects that the real kubectl has decoded into them. */
import { type ObjectType, type Type, typeNamed } from '../../api/schema/index.ts'
import { NUMBERS } from '../../http/generated/protobuf.ts'
import { isRecord, type Obj } from '../objects.ts'

/** Fields of each type, as its declaration lists them: the numbers of protobuf were given later, and are no order. */
const orders = new Map<string, readonly string[]>()
for (const line of NUMBERS.trim().split('\n')) {
  const [id = '', ...words] = line.split(' ')
  orders.set(
    id,
    words.map(word => word.slice(word.lastIndexOf('.') + 1, word.indexOf('='))),
  )
}

const HEAD = ['kind', 'apiVersion', 'metadata']

function sorted(value: Obj, type: ObjectType | undefined, head: readonly string[] = []): Obj {
  const names = [...head, ...(orders.get(type?.id ?? '') ?? [])]
  const out: Obj = {}
  for (const name of [...names, ...Object.keys(value).sort()]) {
    if (name in out || value[name] === undefined) continue
    const field = type?.fields.get(name)
    out[name] = field ? within(value[name], field.type) : value[name]
  }
  return out
}

function within(value: Obj, type: Type): Obj {
  if (type.is === 'list' && Array.isArray(value)) return value.map(one => within(one, type.of))
  if (!isRecord(value)) return value
  if (type.is === 'object') return sorted(value, type.type)
  if (type.is !== 'map') return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, within(value[key], type.of)]),
  )
}

export function inTypedOrder(object: Obj): Obj {
  const kind = String(object.kind ?? '')
  const [version = '', group = ''] = String(object.apiVersion ?? '')
    .split('/')
    .reverse()
  const type = typeNamed(`${group ? group.split('.')[0] : 'core'}/${version}.${kind}`)
  if (!Array.isArray(object.items)) return sorted(object, type, HEAD)
  return { ...sorted({ ...object, items: undefined }, type, HEAD), items: object.items.map(inTypedOrder) }
}
