/** The transformations of a kustomization, applied to all of its resources: namespace, names, labels, annotations, replicas, images. */

import { toJson } from '../../api/formats/go-json.ts'
import { KubectlError } from '../errors.ts'
import { isRecord, type Obj } from '../objects.ts'
import { changeField, type FieldSpec, isMeant } from './fields.ts'
import { type Item, idsOf, idText, isClusterScoped, remember } from './item.ts'
import { ANNOTATIONS, METADATA_LABELS, REPLICAS, SELECTORS, TEMPLATE_LABELS } from './tables.ts'

/** Each for all of them before the next; what only `scale` does comes after the JSON patches. */
export function transform(k: Obj, items: readonly Item[]): void {
  if (k.namespace) moveAll(items, k.namespace)
  if (k.namePrefix) for (const i of items) affix(i, k.namePrefix, '')
  if (k.nameSuffix) for (const i of items) affix(i, '', k.nameSuffix)
  for (const { object } of items) {
    for (const l of k.labels ?? []) {
      const specs = l.includeSelectors || l.includeTemplates ? TEMPLATE_LABELS : METADATA_LABELS
      merge(object, [...specs, ...(l.includeSelectors ? SELECTORS : []), ...(l.fields ?? [])], l.pairs)
    }
    if (k.commonLabels) merge(object, [...TEMPLATE_LABELS, ...SELECTORS], k.commonLabels)
    if (k.commonAnnotations) merge(object, ANNOTATIONS, k.commonAnnotations)
  }
}

export function scale(k: Obj, items: readonly Item[]): void {
  for (const r of k.replicas ?? []) setReplicas(items, r)
  for (const image of k.images ?? []) for (const { object } of items) setImages(object, image)
}

function moveAll(items: readonly Item[], namespace: string): void {
  for (const i of items) {
    setNamespace(i, namespace)
    const id = idText(i.object)
    const same = items.filter(other => idText(other.object) === id)
    if (same.length > 1)
      throw new KubectlError(
        `namespace transformation produces ID conflict: [${same.map(other => toJson(withHistory(other))).join(' ')}]`,
      )
  }
}

/** kustomize keeps in annotations what a resource was called. */
function withHistory({ object, before }: Item): Obj {
  const past = (field: 'kind' | 'name' | 'namespace'): string =>
    before.map(id => id[field] || (field === 'namespace' ? 'default' : '')).join(',')
  const internal = {
    'internal.config.kubernetes.io/previousKinds': past('kind'),
    'internal.config.kubernetes.io/previousNames': past('name'),
    'internal.config.kubernetes.io/previousNamespaces': past('namespace'),
  }
  const { metadata } = object
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...internal } } }
}

function merge(object: Obj, specs: readonly FieldSpec[], pairs: Obj): void {
  for (const spec of specs)
    if (isMeant(spec, object))
      changeField(object, spec, old =>
        isRecord(old) || old === undefined || old === null ? { ...old, ...pairs } : old,
      )
}

function setNamespace(i: Item, namespace: string): void {
  const { object } = i
  const services: Readonly<Record<string, string>> = {
    APIService: 'spec/service/namespace',
    CustomResourceDefinition: 'spec/conversion/webhook/clientConfig/service/namespace',
  }
  if (object.kind === 'Namespace') {
    remember(i)
    object.metadata.name = namespace
  } else if (!isClusterScoped(object)) {
    remember(i)
    object.metadata.namespace = namespace
  }
  const path = services[object.kind]
  if (path) changeField(object, { path, create: object.kind === 'APIService' }, () => namespace)
  // Accounts that are resources here are found by their name; of all others only `default` is certainly there.
  if (/RoleBinding$/.test(object.kind))
    for (const s of object.subjects ?? []) if (s.name === 'default') s.namespace = namespace
}

const KEEP_THEIR_NAMES = new Set(['CustomResourceDefinition', 'APIService', 'Namespace'])

function affix(i: Item, prefix: string, suffix: string): void {
  if (KEEP_THEIR_NAMES.has(i.object.kind)) return
  remember(i)
  if (prefix) i.prefixes.push(prefix)
  if (suffix) i.suffixes.push(suffix)
  i.object.metadata.name = `${prefix}${i.object.metadata.name}${suffix}`
}

function setReplicas(items: readonly Item[], { name, count }: { name: string; count: number }): void {
  let found = false
  for (const i of items)
    for (const spec of REPLICAS)
      if (isMeant(spec, i.object) && idsOf(i).some(id => id.name === name)) {
        found = true
        changeField(i.object, spec, () => count)
      }
  if (!found)
    throw new KubectlError(
      `resource with name ${name} does not match a config with the following GVK [${REPLICAS.map(s => `${s.kind}.[noVer].[noGrp]`).join(' ')}]`,
    )
}

/** Wherever there are containers, in kinds of one's own too. */
function setImages(object: Obj, image: Obj): void {
  if (object.kind === 'CustomResourceDefinition') return
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one)
    if (!isRecord(value)) return
    for (const [key, child] of Object.entries(value)) {
      if ((key === 'containers' || key === 'initContainers') && Array.isArray(child))
        for (const c of child) if (isRecord(c) && typeof c.image === 'string') c.image = newImage(c.image, image)
      if (key === 'volumes' && Array.isArray(child))
        for (const v of child)
          if (typeof v?.image?.reference === 'string') v.image.reference = newImage(v.image.reference, image)
      visit(child)
    }
  }
  visit(object)
}

function newImage(old: string, { name: pattern, newName, newTag, tagSuffix, digest }: Obj): string {
  if (!new RegExp(`^${pattern}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(old)) return old
  const [, name, tag, hash] = /^(.*?)(?::([^:/@]+))?(?:@(.*))?$/.exec(old)!
  const named = newName || name
  if (newTag && digest) return `${named}:${newTag}@${digest}`
  if (newTag) return `${named}:${newTag}`
  if (tagSuffix) return `${named}:${tag ?? ''}${tagSuffix}`
  if (digest) return `${named}@${digest}`
  return `${named}${tag ? `:${tag}` : ''}${hash ? `@${hash}` : ''}`
}
