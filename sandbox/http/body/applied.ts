/** The body of a server-side apply: YAML, read without a type first, since only what is said is owned. */
import { managedFields } from '../../api/apply/index.ts'
import { typedFaults } from '../../api/apply/typed.ts'
import { goGroupVersionKind } from '../../api/formats/go-format.ts'
import { isObject } from '../../api/formats/json.ts'
import { type JsonDocument, JsonError } from '../../api/formats/json-reader.ts'
import { apiVersionOf, type Draft, type KindDef } from '../../api/kind.ts'
import { badRequest, StatusError } from '../../api/status.ts'
import { ALREADY_SET, type Decoding, readDocument } from './body.ts'
import { goKind } from './body-kind.ts'

const CONVERTING = 'error converting YAML to JSON: '

/** @throws BadRequest, and InternalError for what does not fit the kind, though it is the client's mistake */
export function readApplied(kind: KindDef, text: string, how: Pick<Decoding, 'validation' | 'warn'>): Draft {
  const document = read(text)
  const sent = document.value as Draft
  refuseRepeated(document, how)
  refuseOther(kind, sent)
  if (sent.metadata?.managedFields) throw badRequest('metadata.managedFields must be nil')
  const faults = typedFaults(managedFields.now.shapeOf(kind), sent)
  if (faults.length) throw unfit(kind, sent, faults)
  return sent
}

function read(text: string): JsonDocument {
  try {
    const document = readDocument(text, 'application/yaml')
    const value = document.value ?? {}
    if (isObject(value)) return { ...document, value }
    const why = `json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`
    throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`)
  } catch (error) {
    if (error instanceof JsonError) throw badRequest(`error decoding YAML: ${CONVERTING}${error.message}`)
    throw error
  }
}

/** @throws BadRequest where keys that come again are not to be taken */
function refuseRepeated(
  { repeated, keys }: JsonDocument,
  { validation, warn }: Pick<Decoding, 'validation' | 'warn'>,
): void {
  const lines = repeated?.length ? repeated : repeatedInJson(keys)
  if (!lines.length) return
  if (validation === 'Strict')
    throw badRequest(`error strict decoding YAML: ${CONVERTING}${ALREADY_SET}${lines.join('\n  ')}`)
  if (validation === 'Warn') for (const line of lines) warn(line)
}

/** JSON that is read as YAML is one line. */
function repeatedInJson(keys: JsonDocument['keys']): string[] {
  const again = [...keys.values()].flatMap(all => all.filter((key, i) => all.indexOf(key) < i))
  return again.map(key => `line 1: key ${JSON.stringify(key)} already set in map`)
}

/** @throws BadRequest */
function refuseOther(kind: KindDef, { apiVersion, kind: name }: Draft): void {
  const given = goGroupVersionKind(apiVersion, name)
  if (given !== goGroupVersionKind(apiVersionOf(kind), kind.kind)) throw badRequest(`invalid object type: ${given}`)
}

function unfit(kind: KindDef, { metadata }: Draft, faults: readonly string[]): StatusError {
  const said = (value: unknown): string => (typeof value === 'string' ? value : '')
  const what = `${said(metadata?.namespace)}/${said(metadata?.name)}; ${goGroupVersionKind(apiVersionOf(kind), kind.kind)}`
  const why = faults.length > 1 ? `errors:\n  ${faults.join('\n  ')}` : faults[0]!
  return new StatusError(500, '', `failed to create typed patch object (${what}): ${why}`)
}
