/**
 * Reads Kubernetes' protobuf, so that clients which write nothing else (kubectl's `create configmap`, client-go's typed
 * clients) are understood. Answers are always JSON, which those clients accept. Only the server on a port needs it.
 */
import { encodeBytes } from '../../api/kinds/base64.ts'
import { GO_FIELDS } from '../../api/schema/go-fields.ts'
import type { ObjectType, Type } from '../../api/schema/index.ts'
import { typeNamed } from '../../api/schema/index.ts'
import { badRequest } from '../../api/status.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf'

/** A field by its number; a map stands for a message without a name, whose fields belong to the one around it. */
type Numbered = string | Map<number, Numbered>

const tables = new Map<string, Map<number, Numbered>>()
for (const line of GO_FIELDS.trim().split('\n')) {
  const [id, ...words] = line.split(' ')
  const table = new Map<number, Numbered>()
  for (const word of words) {
    const [path, number] = word.split('=') as [string, string]
    const steps = path.split('.')
    const name = steps.pop()!
    let at = table
    for (const step of steps.map(Number)) {
      let inner = at.get(step)
      if (!(inner instanceof Map)) at.set(step, (inner = new Map()))
      at = inner
    }
    at.set(Number(number), name)
  }
  tables.set(id!, table)
}

class Reader {
  readonly #bytes: Uint8Array
  #at: number
  readonly #end: number
  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#at = at
    this.#end = end
  }
  get done(): boolean {
    return this.#at >= this.#end
  }
  varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      if (this.done || shift > 63n) throw badRequest('unexpected EOF')
      const byte = this.#bytes[this.#at++]!
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  chunk(length = Number(this.varint())): Uint8Array {
    const from = this.#at
    if (from + length > this.#end) throw badRequest('unexpected EOF')
    this.#at += length
    return this.#bytes.subarray(from, from + length)
  }
  /** The next field: its number, and its value as the wire has it. */
  field(): { number: number; value: bigint | Uint8Array } {
    const tag = Number(this.varint())
    const number = tag >> 3
    switch (tag & 7) {
      case 0:
        return { number, value: this.varint() }
      case 1:
        return { number, value: this.chunk(8) }
      case 2:
        return { number, value: this.chunk() }
      case 5:
        return { number, value: this.chunk(4) }
      default:
        throw badRequest(`proto: illegal wireType ${tag & 7}`)
    }
  }
}

const utf8 = new TextDecoder()
const text = (value: bigint | Uint8Array): string => (typeof value === 'bigint' ? String(value) : utf8.decode(value))
const bytesOf = (value: bigint | Uint8Array): Uint8Array => (typeof value === 'bigint' ? new Uint8Array() : value)

/** Options of a request, as they come in its body. */
const OPTIONS = /^(Create|Delete|Get|List|Patch|Update)Options$/

const MAGIC = [0x6b, 0x38, 0x73, 0x00]

export const isProtobuf = (contentType: string | undefined): boolean => (contentType ?? '').startsWith(PROTOBUF)

/** The object in an envelope as JSON text. @throws BadRequest */
export function protobufToJson(body: Uint8Array): string {
  if (!body.length) return ''
  if (!MAGIC.every((byte, i) => body[i] === byte)) {
    throw badRequest('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]')
  }
  const envelope = new Reader(body, MAGIC.length)
  let apiVersion = ''
  let kind = ''
  let raw: Uint8Array = new Uint8Array()
  while (!envelope.done) {
    const { number, value } = envelope.field()
    if (number === 1) {
      const meta = new Reader(bytesOf(value))
      while (!meta.done) {
        const part = meta.field()
        if (part.number === 1) apiVersion = text(part.value)
        if (part.number === 2) kind = text(part.value)
      }
    } else if (number === 2) raw = bytesOf(value)
  }
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  // Every group and version has the options of requests, and they are the same in all of them.
  const pkg = OPTIONS.test(kind) ? 'meta/v1' : `${group!.split('.')[0]}/${version}`
  const type = typeNamed(`${pkg}.${kind}`)
  if (!type) throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`)
  return JSON.stringify({ kind, apiVersion, ...readMessage(type, raw) })
}

function readMessage(
  type: ObjectType,
  bytes: Uint8Array,
  table = tables.get(type.id),
  into: Record<string, unknown> = {},
): Record<string, unknown> {
  const reader = new Reader(bytes)
  while (!reader.done) {
    const { number, value } = reader.field()
    const known = table?.get(number)
    if (known instanceof Map) readMessage(type, bytesOf(value), known, into)
    const field = typeof known === 'string' ? type.fields.get(known) : undefined
    if (field) put(into, field.name, field.type, value)
  }
  return into
}

function put(into: Record<string, unknown>, name: string, type: Type, value: bigint | Uint8Array): void {
  if (type.is === 'list') {
    const list = (into[name] ??= []) as unknown[]
    // A list of numbers may come packed.
    if (typeof value !== 'bigint' && (type.of.is === 'int32' || type.of.is === 'int64')) {
      const reader = new Reader(value)
      while (!reader.done) list.push(Number(BigInt.asIntN(64, reader.varint())))
    } else list.push(readValue(type.of, value))
    return
  }
  if (type.is === 'map') {
    const map = (into[name] ??= {}) as Record<string, unknown>
    const entry = new Reader(bytesOf(value))
    let key = ''
    let item: unknown = readValue(type.of, new Uint8Array())
    while (!entry.done) {
      const { number, value: part } = entry.field()
      if (number === 1) key = text(part)
      else if (number === 2) item = readValue(type.of, part)
    }
    Object.defineProperty(map, key, { value: item, enumerable: true, configurable: true, writable: true })
    return
  }
  into[name] = readValue(type, value)
}

function readValue(type: Type, value: bigint | Uint8Array): unknown {
  switch (type.is) {
    case 'boolean':
      return value === 1n
    case 'int32':
    case 'int64':
      return Number(BigInt.asIntN(64, typeof value === 'bigint' ? value : 0n))
    case 'double':
      return typeof value === 'bigint' || value.length < 8
        ? 0
        : new DataView(value.buffer, value.byteOffset, 8).getFloat64(0, true)
    case 'bytes':
      return encodeBytes(bytesOf(value))
    case 'quantity':
      return firstText(bytesOf(value), 1)
    case 'time':
    case 'microTime':
      return time(bytesOf(value), type.is === 'microTime')
    case 'intOrString':
      return intOrString(bytesOf(value))
    case 'object': {
      const either = EITHER[type.type.id]
      return either ? either(bytesOf(value)) : readMessage(type.type, bytesOf(value))
    }
    case 'any':
      return JSON.parse(firstText(bytesOf(value), 1) || 'null')
    case 'list':
      return readList(type.of, bytesOf(value))
    case 'map':
      return undefined
    default:
      return text(value)
  }
}

const readSchema = (value: bigint | Uint8Array): unknown =>
  readMessage(typeNamed('apiextensions/v1.JSONSchemaProps')!, bytesOf(value))

function fieldsOf(bytes: Uint8Array): { number: number; value: bigint | Uint8Array }[] {
  const reader = new Reader(bytes)
  const fields = []
  while (!reader.done) fields.push(reader.field())
  return fields
}

/** What is one thing or another in JSON is a message with a field for each. */
const EITHER: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  'apiextensions/v1.JSONSchemaPropsOrArray': bytes => {
    const fields = fieldsOf(bytes)
    const schema = fields.find(f => f.number === 1)
    return schema ? readSchema(schema.value) : fields.map(f => readSchema(f.value))
  },
  'apiextensions/v1.JSONSchemaPropsOrBool': bytes => {
    const fields = fieldsOf(bytes)
    const schema = fields.find(f => f.number === 2)
    return schema ? readSchema(schema.value) : fields.some(f => f.value === 1n)
  },
  'apiextensions/v1.JSONSchemaPropsOrStringArray': bytes => {
    const fields = fieldsOf(bytes)
    const schema = fields.find(f => f.number === 1)
    return schema ? readSchema(schema.value) : fields.map(f => text(f.value))
  },
}

/** A list inside a map (a review's extra) is a message of its own. */
function readList(of: Type, bytes: Uint8Array): unknown[] {
  const reader = new Reader(bytes)
  const list: unknown[] = []
  while (!reader.done) list.push(readValue(of, reader.field().value))
  return list
}

function firstText(bytes: Uint8Array, wanted: number): string {
  const reader = new Reader(bytes)
  while (!reader.done) {
    const { number, value } = reader.field()
    if (number === wanted) return text(value)
  }
  return ''
}

function intOrString(bytes: Uint8Array): number | string {
  const reader = new Reader(bytes)
  let isText = false
  let number = 0
  let string = ''
  while (!reader.done) {
    const field = reader.field()
    if (field.number === 1) isText = field.value === 1n
    else if (field.number === 2) number = Number(BigInt.asIntN(32, field.value as bigint))
    else string = text(field.value)
  }
  return isText ? string : number
}

/** An empty message is the zero time, which JSON writes as null. */
function time(bytes: Uint8Array, micro: boolean): string | null {
  const reader = new Reader(bytes)
  let seconds = 0n
  let nanos = 0n
  let any = false
  while (!reader.done) {
    const { number, value } = reader.field()
    any = true
    if (number === 1) seconds = BigInt.asIntN(64, value as bigint)
    else nanos = value as bigint
  }
  if (!any) return null
  const iso = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return micro ? `${iso}.${String(nanos / 1000n).padStart(6, '0')}Z` : `${iso}Z`
}
