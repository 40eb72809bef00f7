/** Manifests: files, folders and standard input, cut into documents and decoded as kubectl decodes them. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { readTime } from '../../api/schema/go-time.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { join } from '../kustomize/paths.ts'
import { isRecord, type Obj } from '../objects.ts'
import type { YamlOptions } from './yaml-read.ts'

const EXTENSIONS = /\.(json|yaml|yml)$/

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  )

async function walk(io: Io, path: string, recursive: boolean, out: string[]): Promise<void> {
  for (const entry of (await io.files.list(path)) ?? []) {
    const full = join(path, entry)
    if ((await io.files.kind(full)) === 'directory') {
      if (recursive) await walk(io, full, recursive, out)
    } else if (EXTENSIONS.test(entry)) out.push(full)
  }
}

const notThere = (path: string): never => {
  throw new KubectlError(`the path ${goQuote(path)} does not exist`)
}

const notFetched = (url: string): never => {
  throw new KubectlError(
    `unable to read URL ${goQuote(url)}, not simulated: manifests come from files and standard input`,
  )
}

async function expand(io: Io, path: string): Promise<string[]> {
  if (await io.files.kind(path)) return [path]
  if (!/[*?[]/.test(path)) return notThere(path)
  const slash = path.lastIndexOf('/')
  const folder = slash < 0 ? '.' : path.slice(0, slash)
  const wanted = glob(path.slice(slash + 1))
  const found = ((await io.files.list(folder)) ?? [])
    .filter(n => wanted.test(n))
    .map(n => (slash < 0 ? n : `${folder}/${n}`))
  return found.length ? found : notThere(path)
}

export async function readAll(io: Io): Promise<string> {
  let text = ''
  for (;;) {
    const piece = await io.read()
    if (!piece) return text
    text += piece
  }
}

/** The files that -f names, each with how to read it. */
export async function manifestPaths(
  io: Io,
  filenames: readonly string[],
  recursive: boolean,
): Promise<{ name: string; load: () => Promise<string> }[]> {
  const out: { name: string; load: () => Promise<string> }[] = []
  for (const filename of filenames) {
    if (filename === '-') {
      out.push({ name: 'STDIN', load: () => readAll(io) })
      continue
    }
    if (/^https?:\/\//.test(filename)) {
      out.push({ name: filename, load: async () => notFetched(filename) })
      continue
    }
    for (const path of await expand(io, filename)) {
      const inFolder = (await io.files.kind(path)) === 'directory'
      const paths: string[] = []
      if (inFolder) await walk(io, path, recursive, paths)
      else paths.push(path)
      if (inFolder && !paths.length)
        throw new KubectlError(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`)
      for (const p of paths)
        out.push({
          name: p,
          load: async () => (await io.files.read(p)) ?? notThere(p),
        })
    }
  }
  return out
}

/** A document, or where the reading had to stop. */
export type Document = { object: Obj } | { error: string }

/** The documents of a manifest; nothing for empty ones. The first that cannot be read ends the list. */
export async function documents(text: string, options?: YamlOptions): Promise<Document[]> {
  const trimmed = text.trimStart()
  if (trimmed.startsWith('{')) {
    const json = jsonDocuments(trimmed)
    if (json) return json
    const { jsonError } = await import('./manifest-errors.ts')
    const asYaml = await yamlDocuments(text, options)
    return asYaml.some(d => 'error' in d) ? [{ error: jsonError(text) }] : asYaml
  }
  return yamlDocuments(text, options)
}

function jsonDocuments(text: string): Document[] | undefined {
  try {
    return [{ object: JSON.parse(text) }]
  } catch {
    return undefined
  }
}

async function yamlDocuments(text: string, options?: YamlOptions): Promise<Document[]> {
  const { parseYaml } = await import('./yaml-read.ts')
  const out: Document[] = []
  for (const part of text.split(/^---(?=\s|$)[^\n]*\n?/m)) {
    if (/^(\s*(#[^\n]*)?(\n|$))*$/.test(part)) continue
    const read = parseYaml(part, options)
    if ('error' in read) {
      out.push({ error: `error converting YAML to JSON: ${read.error}` })
      break
    }
    if (read.value !== null && read.value !== undefined) out.push({ object: read.value })
  }
  return out
}

export const goKind = (v: unknown): string =>
  v === null
    ? 'null'
    : Array.isArray(v)
      ? 'array'
      : typeof v === 'boolean'
        ? 'bool'
        : typeof v === 'object'
          ? 'object'
          : (typeof v as string)

/** What an object says that it is has to be readable before all else. */
export function headProblem(o: Record<string, Obj>): string | undefined {
  for (const field of ['apiVersion', 'kind']) {
    const value = o[field] ?? ''
    if (typeof value !== 'string')
      return `couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(value)} into Go struct field .${field} of type string`
  }
  return o.kind ? undefined : `Object 'Kind' is missing in '${JSON.stringify(o)}'`
}

/** What kubectl itself looks at in an object must have the right types; the rest is the server's to judge. */
export function decodeProblem(o: Obj): string | undefined {
  if (!isRecord(o)) return `json: cannot unmarshal ${goKind(o)} into Go value of type unstructured.detector`
  const problem = headProblem(o)
  if (problem) return problem
  const m = o.metadata
  if (m === undefined || m === null) return undefined
  const wrong = (v: unknown, where: string, type: string): string =>
    `json: cannot unmarshal ${goKind(v)} into Go struct field ${where} of type ${type}`
  if (!isRecord(m)) return wrong(m, 'metadataOnlyObject.metadata', 'v1.ObjectMeta')
  for (const field of ['name', 'generateName', 'namespace', 'resourceVersion', 'uid'])
    if (m[field] !== undefined && m[field] !== null && typeof m[field] !== 'string')
      return wrong(m[field], `ObjectMeta.metadata.${field}`, 'string')
  const { fault } = typeof m.creationTimestamp === 'string' ? readTime(m.creationTimestamp) : {}
  if (fault) return fault
  for (const field of ['labels', 'annotations']) {
    const map = m[field]
    if (map === undefined || map === null) continue
    if (!isRecord(map)) return wrong(map, `ObjectMeta.metadata.${field}`, 'map[string]string')
    for (const v of Object.values(map))
      if (v !== null && typeof v !== 'string') return wrong(v, `ObjectMeta.metadata.${field}`, 'string')
  }
  return undefined
}

/** What is refused before the server is asked whether it knows the fields. */
export function validationProblem(o: Obj): string | undefined {
  if (!isRecord(o)) return 'invalid object to validate'
  const problems: string[] = []
  if (o.apiVersion === undefined || o.apiVersion === null) problems.push('apiVersion not set')
  else if (typeof o.apiVersion !== 'string') problems.push("apiVersion isn't string type")
  else if (o.apiVersion.split('/').length > 2) problems.push(`unexpected GroupVersion string: ${o.apiVersion}`)
  if (o.kind === undefined || o.kind === null) problems.push('kind not set')
  else if (typeof o.kind !== 'string') problems.push("kind isn't string type")
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0]
}
