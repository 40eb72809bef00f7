/** A Pod template as Kubernetes prints its Go structs before it computes their hash. */
import { STRUCTS } from './go-structs.ts'

interface Field {
  name: string
  type: string
  /** '' where the fields of an embedded struct stand among those of its holder. */
  json: string
}

let structs: Map<string, readonly Field[]> | undefined

function fieldsOf(name: string): readonly Field[] | undefined {
  structs ??= new Map(
    STRUCTS.trim()
      .split('\n')
      .map(line => {
        const [struct, ...fields] = line.split(' ')
        return [struct!, fields.map(readField)]
      }),
  )
  return structs.get(name)
}

function readField(text: string): Field {
  const colon = text.indexOf(':')
  const equals = text.indexOf('=', colon)
  const name = text.slice(0, colon)
  return {
    name,
    type: text.slice(colon + 1, equals < 0 ? undefined : equals),
    json: equals < 0 ? name[0]!.toLowerCase() + name.slice(1) : text.slice(equals + 1),
  }
}

const NUMBERS = new Set(['int32', 'int64', 'uint8'])
const BUILT_IN = new Set(['string', 'bool', ...NUMBERS])

/** The type as Go writes it: those of both API packages are called v1. */
function typeName(type: string): string {
  const [, wrapping = '', name = ''] = /^((?:\*|\[\])*)(.*)$/.exec(type)!
  const map = /^map\[(.*?)\](.*)$/.exec(name)
  if (map) return `${wrapping}map[${typeName(map[1]!)}]${typeName(map[2]!)}`
  return wrapping + (BUILT_IN.has(name) || name.includes('.') ? name : `v1.${name}`)
}

/**
 * @param lacking fields that a release does not have yet, as `PodSpec.HostnameOverride`
 * @param bare without its type, as inside of lists, maps and pointers
 */
export function goDump(type: string, value: unknown, lacking?: ReadonlySet<string>, bare = false): string {
  const head = bare ? '' : `(${typeName(type)})`
  if (type.startsWith('*')) {
    if (value === undefined || value === null) return `${head}<nil>`
    return head + goDump(type.slice(1), value, lacking, true)
  }
  if (type.startsWith('[]')) {
    const items = (value ?? []) as readonly unknown[]
    if (!items.length) return `${head}<nil>`
    return `${head}[${items.map(item => goDump(type.slice(2), item, lacking, true)).join(' ')}]`
  }
  const held = type === 'ResourceList' ? 'resource.Quantity' : /^map\[.*?\](.*)$/.exec(type)?.[1]
  if (held) {
    const entries = Object.entries((value ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1))
    if (!entries.length) return `${head}<nil>`
    return `${head}map[${entries.map(([k, v]) => `${k}:${goDump(held, v, lacking, true)}`).join(' ')}]`
  }
  if (type === 'bool') return `${head}${value === true}`
  if (NUMBERS.has(type)) return head + String(value ?? 0)
  if (type === 'resource.Quantity') return head + quantity(String(value ?? ''))
  if (type === 'intstr.IntOrString') return head + intOrString(value)
  // A time in a template is nobody's.
  if (type === 'Time') return `${head}{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}`
  const fields = fieldsOf(type)
  if (!fields) return head + String(value ?? '')
  const object = (value ?? {}) as Record<string, unknown>
  const texts = fields
    .filter(f => !lacking?.has(`${type}.${f.name}`))
    .map(f => `${f.name}:${goDump(f.type, f.json ? object[f.json] : object, lacking)}`)
  return `${head}{${texts.join(' ')}}`
}

const intOrString = (value: unknown): string =>
  typeof value === 'string'
    ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
    : `{Type:(intstr.Type)0 IntVal:(int32)${value ?? 0} StrVal:(string)}`

const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }

/** Quantities are stored in canonical form. The text is remembered only where it is certain to be that form. */
function quantity(text: string): string {
  const print = (value: bigint, scale: number, remembered: boolean, format: string): string =>
    `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${remembered ? text : ''} Format:(resource.Format)${format}}`
  if (!text) return print(0n, 0, false, '')
  const [, digits = '0', suffix = ''] = /^(-?\d+)(.*)$/.exec(text) ?? []
  const number = BigInt(digits)
  const shift = BINARY[suffix]
  if (shift !== undefined) return print(number << BigInt(shift), 0, (number & 7n) !== 0n, 'BinarySI')
  const scale = DECIMAL[suffix]
  if (scale === undefined) return print(number, Number(suffix.slice(1)), false, 'DecimalExponent')
  return print(number, number ? scale : 0, !digits.endsWith('000'), 'DecimalSI')
}
