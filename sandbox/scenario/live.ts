/** The objects that a file describes beside those that the cluster has: what apply would change, as a page shows it side by side. */
import { parseAllDocuments, stringify } from 'yaml'
import { encodeBase64 } from '../api/kinds/base64.ts'
import { ADMIN } from '../api/user.ts'
import type { Cluster } from '../cluster.ts'
import { plainValue } from '../http/yaml.ts'
import type { Obj } from '../kubectl/objects.ts'
import { isBuiltIn, threeWayMergePatch, threeWayPatch } from '../kubectl/patch/strategic-diff.ts'
import { LAST_APPLIED, lastApplied, withoutMemory } from '../kubectl/verbs/apply/annotation.ts'
import { type Manifest, placeOf } from './manifest-place.ts'
import { reduced } from './reduced.ts'
import type { LiveComparison } from './session.ts'

const isObject = (value: unknown): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value)

function manifestsOf(text: string): Obj[] {
  const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' })
  if ('empty' in documents) return []
  return documents.flatMap(document => {
    if (document.errors.length) return []
    try {
      const manifest: unknown = plainValue(document)
      return isObject(manifest) ? [JSON.parse(JSON.stringify(manifest)) as Obj] : []
    } catch {
      return []
    }
  })
}

/** What was written in plain text is kept encoded, and compared so. */
function encoded(manifest: Obj): Obj {
  const { stringData, ...rest } = manifest
  if (manifest.kind !== 'Secret' || !isObject(stringData)) return manifest
  const data = Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, encodeBase64(String(value))]))
  return { ...rest, data: { ...(isObject(manifest.data) && manifest.data), ...data } } as Obj
}

async function ask(cluster: Cluster, method: string, url: string, type?: string, body?: Obj): Promise<Obj | undefined> {
  const request = {
    method,
    url,
    headers: { ...(type && { 'content-type': type }) },
    body: body ? JSON.stringify(body) : '',
    user: ADMIN,
  }
  await cluster.api.missing(request)
  const answer = cluster.server.random.aside(() => cluster.api.respond(request))
  return answer.status < 300 && typeof answer.body === 'string' ? (JSON.parse(answer.body) as Obj) : undefined
}

const TRY = 'dryRun=All&fieldManager=kubectl-client-side-apply&fieldValidation=Strict'

/** The object as kubectl apply would leave it; undefined when the server would refuse. */
async function applied(cluster: Cluster, at: Place, manifest: Obj, live: Obj | undefined): Promise<Obj | undefined> {
  if (!live) return ask(cluster, 'POST', `${at.collection}?${TRY}`, 'application/json', manifest)
  const modified = withoutMemory(manifest)
  const builtIn = isBuiltIn(at.group)
  const patch = builtIn
    ? threeWayPatch(String(manifest.kind), lastApplied(live), modified, live)
    : threeWayMergePatch(lastApplied(live), modified, live)
  if (Object.keys(patch).length === 0) return live
  const type = builtIn ? 'application/strategic-merge-patch+json' : 'application/merge-patch+json'
  return ask(cluster, 'PATCH', `${at.object}?${TRY}`, type, patch)
}

type Place = NonNullable<ReturnType<typeof placeOf>>

const print = (value: unknown): string =>
  stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false })

function withoutManagedFields(object: Obj): Obj {
  const { managedFields: _left, ...metadata } = object.metadata ?? {}
  return { ...object, metadata } as Obj
}

/** What apply itself keeps in the object is no part of what is compared. */
function withoutNotes(object: Obj): Obj {
  const { [LAST_APPLIED]: _left, ...annotations } = object.metadata?.annotations ?? {}
  const { annotations: _all, ...metadata } = object.metadata ?? {}
  return { ...object, metadata: { ...metadata, ...(Object.keys(annotations).length && { annotations }) } } as Obj
}

/** kubectl adds it to what it remembers; it is the same on both sides, or another object. */
function withoutNamespace(object: Obj): Obj {
  const { namespace: _left, ...metadata } = object.metadata ?? {}
  return { ...object, metadata } as Obj
}

async function compare(cluster: Cluster, written: Obj): Promise<LiveComparison | undefined> {
  const at = placeOf(cluster, written as Manifest)
  if (!at) return undefined
  const { kind, metadata } = written
  const name = `${String(kind)} ${metadata?.name ?? metadata?.generateName ?? ''}`
  const live = metadata?.name === undefined ? undefined : await ask(cluster, 'GET', at.object)
  const after = await applied(cluster, at, written, live)
  const manifest = encoded(written)
  // A refused file is shown as it stands.
  const wanted = after ?? manifest
  const before = live && lastApplied(live)
  const shapes = [manifest, ...(before ? [withoutNamespace(encoded(before))] : [])]
  const show = (object: Obj | undefined, whole: boolean): string => {
    if (!object) return ''
    return print(reduced(whole ? withoutManagedFields(object) : withoutNotes(object), shapes, whole))
  }
  return {
    name,
    live: live !== undefined,
    refused: after === undefined,
    brief: { before: show(live, false), after: show(wanted, false) },
    whole: { before: show(live, true), after: show(wanted, true) },
  }
}

export async function compareLive(cluster: Cluster, text: string): Promise<LiveComparison[]> {
  const found: LiveComparison[] = []
  for (const manifest of manifestsOf(text)) {
    const comparison = await compare(cluster, manifest)
    if (comparison) found.push(comparison)
  }
  return found
}
