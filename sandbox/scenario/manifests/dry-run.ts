/** A dry run of every document of a manifest: the API server's complaints, each at its line. */
import { type Document, isMap, isNode, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml'
import { ADMIN } from '../../api/authentication/user.ts'
import type { Cluster } from '../../cluster.ts'
import type { ApiRequest } from '../../http/exchange.ts'
import { plainValue, valueFault } from '../../http/yaml/yaml.ts'
import { isList, type Obj } from '../../kubectl/objects.ts'
import type { Complaint } from '../session.ts'
import { currentNamespace } from '../workstation/current-namespace.ts'
import { type Manifest, placeOf } from './manifest-place.ts'

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

/** By its place, or as server-side apply names it: `containerPort=80,protocol="TCP"`, of which a default need not be written. */
function elementOf(items: readonly unknown[], part: string | number): unknown {
  if (typeof part === 'number') return items[part]
  const keys = [...part.matchAll(/(\w+)=(?:"([^"]*)"|([^,]+))/g)].map(([, key, text, plain]) => [key, text ?? plain])
  if (!keys.length) return undefined
  return items.find(item => isMap(item) && keys.every(([key, value]) => String(item.get(key) ?? value) === value))
}

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
      node = elementOf(node.items, part)
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

/** @param kubeconfig the learner's, which says the namespace of objects that name none */
export async function dryRun(cluster: Cluster, text: string, kubeconfig: string | undefined): Promise<Complaint[]> {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.1', logLevel: 'silent' })
  const complaints: Complaint[] = []
  if ('empty' in documents) return complaints
  const namespace = await currentNamespace(kubeconfig)
  for (const document of documents) {
    // What is not YAML the editor tells itself.
    if (document.errors.length) continue
    const complain: Complain = (field, message, severity = 'error') => {
      const { line } = lines.linePos(offsetOf(document, fieldPath(field)))
      complaints.push({ line, message, severity })
    }
    let manifest: Obj
    try {
      manifest = plainValue(document)
    } catch (error) {
      complain('', `error converting YAML to JSON: ${valueFault(error)}`)
      continue
    }
    // A document that says nothing is no object.
    if (typeof manifest !== 'object' || manifest === null) continue
    // What a List holds, kubectl sends one by one.
    const items: Obj[] | undefined = isList(manifest) ? manifest.items : undefined
    if (!items) await judge(cluster, manifest, namespace, complain)
    for (const [i, item] of items?.entries() ?? [])
      await judge(cluster, item ?? {}, namespace, (field, ...said) => complain(`items[${i}].${field}`, ...said))
  }
  return complaints
}

type Complain = (field: string, message: string, severity?: Complaint['severity']) => void

async function judge(cluster: Cluster, manifest: Manifest, namespace: string, complain: Complain): Promise<void> {
  const { apiVersion, kind } = manifest
  if (!isName(apiVersion) || !isName(kind)) return complain('', `${isName(apiVersion) ? 'kind' : 'apiVersion'} not set`)
  const request = requestFor(cluster, manifest, JSON.stringify(manifest, whole), namespace)
  if (!request) return complain('kind', `no matches for kind "${kind}" in version "${apiVersion}"`)
  await cluster.api.missing(request)
  const { status, body, warnings } = cluster.server.random.aside(() => cluster.api.respond(request))
  for (const warning of warnings) complain(/"([^"]+)"/.exec(warning)?.[1] ?? '', warning, 'warning')
  // What webhooks would say is not known without asking them, which takes time.
  if (status < 400 || status === 501 || typeof body !== 'string') return
  for (const { field, message } of faults(statusOf(body))) complain(field, message)
}
