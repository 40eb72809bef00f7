/** kubectl explain: what the OpenAPI description says of a kind and its fields. */
import type { Mapping } from '../client/discovery.ts'
import { ApiError, Exit, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { isRecord, type Obj, sortedKeys } from '../objects.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const output = flags.str('output')
  if (output !== 'plaintext' && output !== 'plaintext-openapiv2')
    throw new KubectlError(`unrecognized format: ${output}`)
  if (!k.args.length)
    throw new KubectlError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    )
  if (k.args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE')
  const [words, version] = [k.args[0]!, flags.str('api-version')]
  const { word, path } = await splitPath(k, words)
  let mapping: Mapping
  try {
    mapping = await k.resource(word)
  } catch (e) {
    throw new Exit(1, (e as Error).message)
  }
  let { group, version: v } = mapping
  if (version.split('/').length > 2) throw new KubectlError(`unexpected GroupVersion string: ${version}`)
  if (version) [group, v] = version.includes('/') ? (version.split('/') as [string, string]) : ['', version]
  const document = await openapi(k, group, v, mapping)
  const { mappings } = await k.discovery()
  const found = mappings.find(m => m.group === group && m.version === v && m.plural === mapping.plural)
  const schema = Object.values<Obj>(document.components?.schemas ?? {}).find(s =>
    (s['x-kubernetes-group-version-kind'] ?? []).some(
      (g: Obj) => g.kind === (found?.kind ?? mapping.kind) && (g.group ?? '') === group && g.version === v,
    ),
  )
  if (!schema || !found)
    throw new KubectlError(`GVR (${group}/${v}, Resource=${mapping.plural}) not found in OpenAPI schema`)
  let out = `${group ? `GROUP:      ${group}\n` : ''}KIND:       ${found.kind}\nVERSION:    ${v}\n\n`
  const text = new Explanation(document, flags.bool('recursive')).output(schema, path, new Set())
  if (text === undefined) {
    await k.out(out)
    throw new KubectlError(`field ${JSON.stringify(path.at(-1))} does not exist`)
  }
  out += text
  await k.out(`${out}\n`)
}

/** `deploy.apps.spec` or `deploy.spec`: how much of it names the resource. */
async function splitPath(k: Kubectl, text: string): Promise<{ word: string; path: string[] }> {
  const bare = text.replace(/\.$/, '').replace(/(?<=.)\.{2,}/g, '.')
  const parts = bare.split('.')
  if (/[[\]]|^\./.test(bare)) throw new KubectlError('invalid jsonpath syntax, first node must be field node')
  const discovery = await k.discovery(2)
  for (let n = parts.length; n > 1; n--) {
    const word = parts.slice(0, n).join('.')
    const m = discovery.mappings.find(
      x => x.group && (`${x.plural}.${x.group}` === word || `${x.singular}.${x.group}` === word),
    )
    if (m) return { word, path: parts.slice(n) }
  }
  return { word: parts[0]!, path: parts.slice(1) }
}

async function openapi(k: Kubectl, group: string, version: string, mapping: Mapping): Promise<Obj> {
  const path = group ? `apis/${group}/${version}` : `api/${version}`
  const client = await k.client()
  const missing = (): never => {
    throw new KubectlError(
      `couldn't find resource for "${group ? `${group}/` : '/'}${version}, Resource=${mapping.plural}"`,
    )
  }
  const index = await client.document('/openapi/v3')
  const entry = index.paths?.[path]
  if (!entry) return missing()
  try {
    return await client.document(entry.serverRelativeURL ?? `/openapi/v3/${path}`)
  } catch (e) {
    if (e instanceof ApiError && e.reason === 'NotFound') return missing()
    throw e
  }
}

/** Breaks lines at blanks, where a word would pass the limit. */
function wrap(limit: number, text: string): string {
  return text
    .split('\n')
    .map(line => {
      let out = ''
      let width = 0
      for (const piece of line.match(/\s+|\S+/g) ?? []) {
        if (/^\s/.test(piece)) {
          if (width + piece.length > limit) continue
          out += piece
          width += piece.length
        } else {
          if (width && width + piece.length > limit) {
            out = `${out.replace(/[ \t]+$/, '')}\n`
            width = 0
          }
          out += piece
          width += piece.length
        }
      }
      return out
    })
    .join('\n')
}

const indent = (n: number, text: string): string =>
  text
    .split('\n')
    .map(l => ' '.repeat(n) + l)
    .join('\n')

class Explanation {
  readonly #document: Obj
  readonly #recursive: boolean
  constructor(document: Obj, recursive: boolean) {
    this.#document = document
    this.#recursive = recursive
  }

  #resolve(schema: Obj): Obj {
    const ref: string | undefined = schema?.$ref
    return ref ? (this.#document.components.schemas[ref.slice(ref.lastIndexOf('/') + 1)] ?? schema) : schema
  }

  /** undefined where the path leads nowhere */
  output(schema: Obj, path: readonly string[], history: ReadonlySet<string>): string | undefined {
    const ref: string = schema.$ref ?? ''
    const resolved = this.#resolve(schema)
    const seen = new Set([...history, ref])
    if (!path.length) {
      const fields = this.#fields(resolved, 1, new Set())
      return `DESCRIPTION:\n${indent(4, wrap(76, this.#description(schema) || '<empty>'))}\n${fields ? `FIELDS:\n${fields}` : ''}`
    }
    if (ref && history.has(ref)) return undefined
    const [first, ...rest] = path as [string, ...string[]]
    const sub = resolved.properties?.[first]
    if (sub) {
      const inner = this.output(sub, rest, new Set())
      if (inner === undefined || rest.length) return inner
      const values = sub.enum ? `ENUM:${sub.enum.map((e: Obj) => `\n    ${e === '' ? '""' : e}`).join('')}` : ''
      return `FIELD: ${first} <${this.#type(sub)}>\n${values}\n\n${inner}`
    }
    if (resolved.items) return this.output(resolved.items, path, seen)
    if (isRecord(resolved.additionalProperties)) return this.output(resolved.additionalProperties, path, seen)
    for (const option of resolved.allOf ?? []) {
      const text = this.output(option, path, seen)
      if (text !== undefined) return text
    }
    return undefined
  }

  #description(schema: Obj): string {
    const s = this.#resolve(schema)
    let text = s.description ? `${s.description}\n` : ''
    if (schema.$ref === undefined && schema.description && s !== schema) text = `${schema.description}\n${text}`
    for (const option of s.allOf ?? []) text += this.#description(option)
    if (s.items) text += this.#description(s.items)
    if (isRecord(s.additionalProperties)) text += this.#description(s.additionalProperties)
    return text
  }

  #fields(schema: Obj, level: number, history: ReadonlySet<string>): string {
    const ref: string = schema.$ref ?? ''
    if (ref && history.has(ref)) return ''
    const seen = new Set([...history, ref])
    const s = this.#resolve(schema)
    let out = ''
    for (const name of sortedKeys(s.properties)) {
      out += this.#field(s, name, level)
      if (this.#recursive) out += this.#fields(s.properties[name], level + 1, seen)
    }
    for (const option of s.allOf ?? []) out += this.#fields(option, level, seen)
    if (s.items) out += this.#fields(s.items, level, seen)
    if (isRecord(s.additionalProperties)) out += this.#fields(s.additionalProperties, level, seen)
    return out
  }

  #field(schema: Obj, name: string, level: number): string {
    const field = schema.properties[name]
    const margin = level * 2
    let out = `${' '.repeat(margin)}${name}\t<${this.#type(field)}>${(schema.required ?? []).includes(name) ? ' -required-' : ''}`
    if (field.enum) {
      const shown = field.enum.slice(0, 4).map((e: Obj) => (e === '' ? '""' : e))
      out += `\n${' '.repeat(margin)}enum: ${shown.join(', ')}${field.enum.length > 4 ? ', ....' : ''}`
    }
    out += '\n'
    if (!this.#recursive) out += `${indent(margin + 2, wrap(78 - margin, field.description ?? '<no description>'))}\n\n`
    return out
  }

  #type(schema: Obj): string {
    if (schema.items) return `[]${this.#type(schema.items)}`
    if (isRecord(schema.additionalProperties)) return `map[string]${this.#type(schema.additionalProperties)}`
    if (schema.allOf?.length === 1 && !schema.properties) return this.#type(schema.allOf[0])
    if (schema.$ref) {
      const target = this.#resolve(schema)
      if (!target.type || target.type === 'object')
        return schema.$ref.slice(schema.$ref.lastIndexOf('.') + 1) || 'Object'
      return target.type
    }
    return schema.type === 'object' ? 'Object' : (schema.type ?? 'Object')
  }
}
