/** What the API server would say to a manifest, and on which of its lines: a dry run of every document, of which nothing stays. */
import { type Document, isMap, isNode, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml'
import { ADMIN } from '../api/user.ts'
import type { Cluster } from '../cluster.ts'
import type { ApiRequest } from '../http/exchange.ts'
import { plainValue, valueFault } from '../http/yaml.ts'
import { type Manifest, placeOf } from './manifest-place.ts'
import type { Complaint } from './session.ts'

const MANAGER = 'podlab-dry-run'

interface Status {
  message?: string
  reason?: string
  details?: { causes?: { field?: string; message?: string }[] }
}

/** `spec.containers[0].name` → ['spec', 'containers', 0, 'name']; a key in brackets may hold dots. */
export const fieldPath = (field: string): (string | number)[] =>
  [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inBrackets, plain]) => {
    const part = inBrackets ?? plain ?? ''
    return inBrackets !== undefined && /^\d+$/.test(part) ? Number(part) : part
  })

/** Where a field stands, or the nearest thing around it that is written down. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const part of path) {
    if (isMap(node)) {
      const pair = (node as YAMLMap).items.find(
        item => String(isNode(item.key) ? item.key.toJSON() : item.key) === String(part),
      )
      if (!pair) break
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(part)]
      if (!isNode(node)) break
      offset = node.range?.[0] ?? offset
    } else break
  }
  return offset
}

/** Half a letter, which only a text of JavaScript can hold, is what Go makes of it. */
const whole = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

/** One apply, as `kubectl apply --server-side` asks for it; undefined when the server knows no such kind. */
function requestFor(cluster: Cluster, manifest: Manifest, body: string, namespace: string): ApiRequest | undefined {
  const place = placeOf(cluster, manifest, namespace)
  if (!place) return undefined
  const query = `dryRun=All&fieldManager=${MANAGER}&fieldValidation=Strict`
  return manifest.metadata?.name === undefined
    ? {
        method: 'POST',
        url: `${place.collection}?${query}`,
        headers: { 'content-type': 'application/yaml' },
        body,
        user: ADMIN,
      }
    : {
        method: 'PATCH',
        url: `${place.object}?${query}&force=true`,
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body,
        user: ADMIN,
      }
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Of a path that there is not the answer is a plain text. */
function statusOf(body: string): Status {
  try {
    return JSON.parse(body) as Status
  } catch {
    return { message: body.trim() } as Status
  }
}

/** What was said, each with the field that it is about. */
function faults(status: Status): { field: string; message: string }[] {
  const causes = (status.details?.causes ?? []).filter(cause => cause.field)
  if (causes.length) return causes.map(({ field = '', message = '' }) => ({ field, message: `${field}: ${message}` }))
  const message = status.message ?? ''
  const unknown = [
    ...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g),
    ...message.matchAll(/(\.\S+): field not declared in schema/g),
  ]
  if (unknown.length) return unknown.map(([text, field = '']) => ({ field, message: text }))
  return [{ field: '', message }]
}

/** @param namespace of objects that name none */
export async function dryRun(cluster: Cluster, text: string, namespace: string): Promise<Complaint[]> {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.1', logLevel: 'silent' })
  const complaints: Complaint[] = []
  if ('empty' in documents) return complaints
  for (const document of documents) {
    // What is not YAML the editor tells itself.
    if (document.errors.length) continue
    const complain = (field: string, message: string, severity: Complaint['severity'] = 'error'): void => {
      const { line } = lines.linePos(offsetOf(document, fieldPath(field)))
      complaints.push({ line, message, severity })
    }
    let manifest: unknown
    try {
      manifest = plainValue(document)
    } catch (error) {
      complain('', `error converting YAML to JSON: ${valueFault(error)}`)
      continue
    }
    // A document that says nothing is no object.
    if (typeof manifest !== 'object' || manifest === null) continue
    const { apiVersion, kind } = manifest as Manifest
    if (!isName(apiVersion) || !isName(kind)) {
      complain('', `${isName(apiVersion) ? 'kind' : 'apiVersion'} not set`)
      continue
    }
    const request = requestFor(cluster, manifest as Manifest, JSON.stringify(manifest, whole), namespace)
    if (!request) {
      complain('kind', `no matches for kind "${kind}" in version "${apiVersion}"`)
      continue
    }
    await cluster.api.missing(request)
    const { status, body, warnings } = cluster.server.random.aside(() => cluster.api.respond(request))
    for (const warning of warnings) complain(/"([^"]+)"/.exec(warning)?.[1] ?? '', warning, 'warning')
    // What webhooks would say is not known without asking them, which takes time.
    if (status < 400 || status === 501 || typeof body !== 'string') continue
    for (const { field, message } of faults(statusOf(body))) complain(field, message)
  }
  return complaints
}
