/** The objects that a file describes beside those that the cluster has: what apply would change, as a page shows it side by side. */
import { stringify } from 'yaml'
import { ADMIN } from '../../api/authentication/user.ts'
import { encodeStringData } from '../../api/kinds/secret.ts'
import type { Cluster } from '../../cluster.ts'
import { PATCH_TYPES } from '../../kubectl/client/client.ts'
import { documents } from '../../kubectl/manifests/manifests.ts'
import { isList, isRecord, type Obj } from '../../kubectl/objects.ts'
import { withoutManagedFields } from '../../kubectl/print/printer.ts'
import { lastApplied, withoutAnnotation, withoutMemory } from '../../kubectl/verbs/apply/annotation.ts'
import { changeOf } from '../../kubectl/verbs/apply/patch.ts'
import type { LiveComparison } from '../session.ts'
import { currentNamespace } from '../workstation/current-namespace.ts'
import { type Place, placeOf } from './manifest-place.ts'
import { reduced } from './reduced.ts'

/** As kubectl reads a file, up to what it cannot read; what a List holds is there one by one. */
async function manifestsOf(text: string): Promise<Obj[]> {
  const found = await documents(text)
  const objects = found.flatMap(document => ('object' in document ? [document.object] : []))
  return objects.flatMap(object => (isList(object) ? object.items : [object])).filter(isRecord)
}

/** What was written in plain text is kept encoded, and compared so. */
function encoded(manifest: Obj): Obj {
  if (manifest.kind !== 'Secret' || !isRecord(manifest.stringData)) return manifest
  const secret = { ...manifest }
  encodeStringData(secret)
  return secret
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
  const { form, patch } = changeOf(at, withoutMemory(manifest), live)
  if (Object.keys(patch).length === 0) return live
  return ask(cluster, 'PATCH', `${at.object}?${TRY}`, PATCH_TYPES[form], patch)
}

const print = (value: unknown): string =>
  stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false })

/** As kubectl sends it: it adds the namespace, and leaves it away where there are none. */
function inNamespace(manifest: Obj, { namespace }: Place): Obj {
  const { namespace: _own, ...metadata } = manifest.metadata ?? {}
  return { ...manifest, metadata: { ...metadata, ...(namespace && { namespace }) } }
}

/** It is the same on both sides, or another object. */
function withoutNamespace(object: Obj): Obj {
  const { namespace: _left, ...metadata } = object.metadata ?? {}
  return { ...object, metadata }
}

async function compare(cluster: Cluster, written: Obj, namespace: string): Promise<LiveComparison | undefined> {
  const at = placeOf(cluster, written, namespace)
  if (!at) return undefined
  const { kind, metadata } = written
  const name = `${String(kind)} ${metadata?.name ?? metadata?.generateName ?? ''}`
  const live = metadata?.name === undefined ? undefined : await ask(cluster, 'GET', at.object)
  const after = await applied(cluster, at, inNamespace(written, at), live)
  const manifest = encoded(written)
  // A refused file is shown as it stands.
  const wanted = after ?? manifest
  const before = live && lastApplied(live)
  const shapes = [manifest, ...(before ? [withoutNamespace(encoded(before))] : [])]
  const show = (object: Obj | undefined, whole: boolean): string => {
    if (!object) return ''
    return print(reduced(whole ? withoutManagedFields(object) : withoutAnnotation(object), shapes, whole))
  }
  return {
    name,
    live: live !== undefined,
    refused: after === undefined,
    brief: { before: show(live, false), after: show(wanted, false) },
    whole: { before: show(live, true), after: show(wanted, true) },
  }
}

/** @param kubeconfig the learner's, which says the namespace of objects that name none */
export async function compareLive(
  cluster: Cluster,
  text: string,
  kubeconfig: string | undefined,
): Promise<LiveComparison[]> {
  const namespace = await currentNamespace(kubeconfig)
  const found: LiveComparison[] = []
  for (const manifest of await manifestsOf(text)) {
    const comparison = await compare(cluster, manifest, namespace)
    if (comparison) found.push(comparison)
  }
  return found
}
