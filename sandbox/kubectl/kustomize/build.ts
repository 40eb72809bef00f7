/** Builds a kustomization: resources gathered, generated, changed and put in order. */
import { clone } from '../../api/json.ts'
import { applyJsonPatch } from '../../api/patch/json-patch.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests.ts'
import { byBytes, isList, isRecord, type Obj, quote } from '../objects.ts'
import { applyStrategicPatch } from '../patch/strategic-apply.ts'
import { toYaml } from '../print/yaml.ts'
import { podSpecOf } from '../selectors.ts'
import { base64, contentHash } from '../verbs/create/data.ts'
import { rank } from './order.ts'
import { fixReferences } from './references.ts'

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** A resource on its way, with the name by which others speak of it. */
export interface Item {
  object: Obj
  original: string
  /** Names that it has had, for references made below. */
  names: string[]
  generated?: { hash: boolean }
}

const KNOWN = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'components',
  'sortOptions',
  'buildMetadata',
])

const join = (folder: string, path: string): string => {
  const parts: string[] = []
  for (const p of `${folder}/${path}`.split('/')) {
    if (p === '..' && parts.length && parts.at(-1) !== '..') parts.pop()
    else if (p !== '.' && (p || !parts.length)) parts.push(p)
  }
  return parts.join('/') || '.'
}
const absolute = (io: Io, path: string): string => (path.startsWith('/') ? path : join(io.cwd, path))

export async function build(io: Io, folder: string): Promise<string> {
  if ((await io.files.kind(folder)) !== 'directory') {
    const full = absolute(io, folder)
    throw new KubectlError(
      (await io.files.kind(folder)) === 'file'
        ? `must build at directory: not a valid directory: '${full}' must resolve to a directory`
        : `must build at directory: not a valid directory: evalsymlink failure on '${folder}' : lstat ${full}: no such file or directory`,
    )
  }
  const items = await buildFolder(io, folder)
  const hashed: Item[] = []
  for (const item of items) {
    if (item.generated?.hash) {
      const before = item.object.metadata.name
      item.names.push(before)
      item.object.metadata.name = `${before}-${await contentHash(item.object, '')}`
    }
    hashed.push(item)
  }
  fixReferences(hashed)
  hashed.sort((a, b) => rank(a.object) - rank(b.object) || byBytes(sortKey(a.object), sortKey(b.object)))
  return hashed.map(i => toYaml(i.object)).join('---\n')
}
const sortKey = (o: Obj): string => `${o.apiVersion}|${o.kind}|${o.metadata?.namespace ?? ''}|${o.metadata?.name}`

async function readKustomization(io: Io, folder: string): Promise<Obj> {
  for (const name of FILE_NAMES) {
    const text = await io.files.read(`${folder}/${name}`)
    if (text === undefined) continue
    const [first] = await documents(text)
    if (first && 'error' in first)
      throw new KubectlError(`invalid Kustomization: ${first.error.replace(/^error converting YAML to JSON: /, '')}`)
    const object = first?.object ?? {}
    for (const key of Object.keys(object))
      if (!KNOWN.has(key))
        throw new KubectlError(
          /^[a-z]\w+$/.test(key) && SIMULATED_LATER.has(key)
            ? `not simulated: ${key} in a kustomization`
            : `invalid Kustomization: json: unknown field ${quote(key)}`,
        )
    return object
  }
  throw new KubectlError(
    `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${absolute(io, folder)}'`,
  )
}
const SIMULATED_LATER = new Set([
  'replacements',
  'vars',
  'transformers',
  'generators',
  'validators',
  'helmCharts',
  'helmGlobals',
  'configurations',
  'crds',
  'openapi',
])

const OLD: Readonly<Record<string, string>> = {
  commonLabels: 'labels',
  bases: 'resources',
  patchesStrategicMerge: 'patches',
  patchesJson6902: 'patches',
}

async function buildFolder(io: Io, folder: string, inherited?: Item[]): Promise<Item[]> {
  const k = await readKustomization(io, folder)
  for (const [old, fresh] of Object.entries(OLD))
    if (k[old])
      await io.err(
        `# Warning: '${old}' is deprecated. Please use '${fresh}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      )
  let items: Item[] = inherited ?? []
  for (const path of [...(k.resources ?? []), ...(k.bases ?? [])]) items.push(...(await gather(io, folder, path)))
  for (const path of k.components ?? []) items = await buildFolder(io, join(folder, path), items)
  await generate(io, folder, k, items)
  for (const patch of [
    ...(k.patchesStrategicMerge ?? []).map((p: string) => (p.includes('\n') ? { patch: p } : { path: p })),
    ...(k.patches ?? []),
    ...(k.patchesJson6902 ?? []),
  ])
    items = await applyPatch(io, folder, patch, items)
  transform(k, items)
  return items
}

async function gather(io: Io, folder: string, path: string): Promise<Item[]> {
  const full = join(folder, path)
  const kind = await io.files.kind(full)
  if (kind === 'directory') return buildFolder(io, full)
  const text = kind && (await io.files.read(full))
  if (text === undefined) {
    if (/^(https?:|git@|github\.com)/.test(path))
      throw new KubectlError(`not simulated: resources from the network (${path})`)
    const where = absolute(io, full)
    throw new KubectlError(
      `accumulating resources: accumulation err='accumulating resources from '${path}': evalsymlink failure on '${where}' : lstat ${where}: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '${where}' : lstat ${where}: no such file or directory`,
    )
  }
  const out: Item[] = []
  for (const d of await documents(text)) {
    if ('error' in d)
      throw new KubectlError(
        `accumulating resources: accumulation err='accumulating resources from '${path}': MalformedYAMLError: ${d.error.replace(/^error converting YAML to JSON: /, '')} in File: ${path}'`,
      )
    for (const object of isList(d.object) ? d.object.items : [d.object])
      out.push({ object: clone(object), original: object.metadata?.name ?? '', names: [object.metadata?.name ?? ''] })
  }
  return out
}

async function generate(io: Io, folder: string, k: Obj, items: Item[]): Promise<void> {
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const g of k[field] ?? []) {
      const data = await generatedData(io, folder, g, kind === 'Secret')
      const options = { ...k.generatorOptions, ...g.options }
      const existing = items.find(i => i.object.kind === kind && i.original === g.name)
      if (g.behavior === 'merge' || g.behavior === 'replace') {
        if (!existing)
          throw new KubectlError(
            `merging from generator: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}"}, Name:"${g.name}", Namespace:""} does not exist; cannot merge or replace`,
          )
        existing.object.data = g.behavior === 'merge' ? { ...existing.object.data, ...data } : data
        continue
      }
      const object: Obj = {
        apiVersion: 'v1',
        kind,
        metadata: {
          name: g.name,
          ...(g.namespace && { namespace: g.namespace }),
          ...(options.labels && { labels: { ...options.labels } }),
          ...(options.annotations && { annotations: { ...options.annotations } }),
        },
        ...(Object.keys(data).length && { data }),
        ...(kind === 'Secret' && { type: g.type ?? 'Opaque' }),
        ...(options.immutable && { immutable: true }),
      }
      items.push({ object, original: g.name, names: [g.name], generated: { hash: !options.disableNameSuffixHash } })
    }
}

async function generatedData(io: Io, folder: string, g: Obj, secret: boolean): Promise<Record<string, string>> {
  const data: Record<string, string> = {}
  const put = (key: string, value: string): void => {
    data[key] = secret ? base64(value) : value
  }
  const file = async (path: string): Promise<string> => {
    const text = await io.files.read(join(folder, path))
    if (text === undefined)
      throw new KubectlError(
        `loading KV pairs: file sources: [${path}]: evalsymlink failure on '${absolute(io, join(folder, path))}' : lstat ${absolute(io, join(folder, path))}: no such file or directory`,
      )
    return text
  }
  for (const env of [...(g.envs ?? []), ...(g.env ? [g.env] : [])])
    for (const line of (await file(env)).split('\n')) {
      const m = /^\s*([^#\s=][^=]*)=(.*)$/.exec(line)
      if (m) put(m[1]!, m[2]!)
    }
  for (const source of g.files ?? []) {
    const at = source.indexOf('=')
    const path = at < 0 ? source : source.slice(at + 1)
    put(at < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, at), await file(path))
  }
  for (const literal of g.literals ?? []) {
    const at = literal.indexOf('=')
    put(literal.slice(0, at), literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2'))
  }
  return data
}

async function applyPatch(io: Io, folder: string, patch: Obj, items: Item[]): Promise<Item[]> {
  const text = patch.patch ?? (await io.files.read(join(folder, patch.path)))
  if (text === undefined)
    throw new KubectlError(
      `failed to get patch file (${patch.path}) from base(s): evalsymlink failure on '${absolute(io, join(folder, patch.path))}' : lstat ${absolute(io, join(folder, patch.path))}: no such file or directory`,
    )
  let out = items
  for (const d of await documents(text)) {
    if ('error' in d) throw new KubectlError(`unable to parse SM or JSON patch from [${text}]`)
    const change = d.object
    const targets = patch.target
      ? out.filter(i => fits(i, patch.target))
      : out.filter(i => i.object.kind === change.kind && i.names.includes(change.metadata?.name))
    if (!targets.length && !patch.target)
      throw new KubectlError(
        `no resource matches strategic merge patch "${change.kind}.${String(change.apiVersion).includes('/') ? `${String(change.apiVersion).split('/').reverse().join('.')}` : `${change.apiVersion}.[noGrp]`}/${change.metadata?.name}.[noNs]": no matches for Id ${change.kind}.${String(change.apiVersion).split('/').reverse().join('.')}/${change.metadata?.name}.[noNs]; failed to find unique target for patch ${change.kind}.${String(change.apiVersion).split('/').reverse().join('.')}/${change.metadata?.name}.[noNs]`,
      )
    for (const item of targets) {
      if (Array.isArray(change)) item.object = applyJsonPatch(clone(item.object), change) as Obj
      else if (change.$patch === 'delete') out = out.filter(i => i !== item)
      else {
        const { name: _name, namespace: _namespace, ...metadata } = change.metadata ?? {}
        item.object = applyStrategicPatch(item.object.kind, item.object, { ...change, metadata })
      }
    }
  }
  return out
}

function fits({ object, names }: Item, target: Obj): boolean {
  const whole = (pattern: string | undefined, value: string): boolean =>
    !pattern || new RegExp(`^(?:${pattern})$`).test(value)
  const [version, group] = String(object.apiVersion).includes('/')
    ? (String(object.apiVersion).split('/').reverse() as [string, string])
    : [object.apiVersion, '']
  const labelsFit = (selector: string | undefined, labels: Obj): boolean =>
    !selector ||
    selector
      .split(',')
      .every(p => (p.includes('=') ? labels?.[p.split('=')[0]!] === p.split('=').at(-1) : p in (labels ?? {})))
  return (
    whole(target.kind, object.kind) &&
    whole(target.group, group!) &&
    whole(target.version, version!) &&
    (whole(target.name, object.metadata.name) || names.some(n => whole(target.name, n))) &&
    whole(target.namespace, object.metadata.namespace ?? '') &&
    labelsFit(target.labelSelector, object.metadata.labels) &&
    labelsFit(target.annotationSelector, object.metadata.annotations)
  )
}

const CLUSTER_KINDS = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'StorageClass',
  'PriorityClass',
  'IngressClass',
  'APIService',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'CSIDriver',
  'RuntimeClass',
])
const NOT_PREFIXED = new Set(['CustomResourceDefinition', 'APIService', 'Namespace'])

function transform(k: Obj, items: readonly Item[]): void {
  const [prefix, suffix] = [k.namePrefix ?? '', k.nameSuffix ?? '']
  for (const item of items) {
    const { object } = item
    object.metadata ??= {}
    const { metadata } = object
    if (k.namespace && !CLUSTER_KINDS.has(object.kind)) metadata.namespace = k.namespace
    if (k.namespace && /RoleBinding$/.test(object.kind))
      for (const s of object.subjects ?? [])
        if (
          s.kind === 'ServiceAccount' &&
          (s.name === 'default' || items.some(i => i.object.kind === 'ServiceAccount' && i.names.includes(s.name)))
        )
          s.namespace = k.namespace
    if ((prefix || suffix) && !NOT_PREFIXED.has(object.kind)) {
      item.names.push(metadata.name)
      metadata.name = `${prefix}${metadata.name}${suffix}`
    }
    if (k.commonLabels) addLabels(object, k.commonLabels, true, true)
    for (const l of k.labels ?? []) addLabels(object, l.pairs, l.includeSelectors ?? false, l.includeTemplates ?? false)
    if (k.commonAnnotations) addAnnotations(object, k.commonAnnotations)
    for (const r of k.replicas ?? [])
      if (
        item.names.includes(r.name) &&
        object.spec?.template &&
        ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(object.kind)
      )
        object.spec.replicas = r.count
    for (const image of k.images ?? []) setImages(object, image)
  }
  fixReferences(items)
}

function addLabels(object: Obj, pairs: Obj, selectors: boolean, templates: boolean): void {
  object.metadata.labels = { ...object.metadata.labels, ...pairs }
  const template = object.kind === 'CronJob' ? object.spec?.jobTemplate?.spec?.template : object.spec?.template
  if (isRecord(template) && (selectors || templates))
    template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...pairs } }
  if (object.kind === 'CronJob' && (selectors || templates))
    object.spec.jobTemplate.metadata = {
      ...object.spec.jobTemplate.metadata,
      labels: { ...object.spec.jobTemplate.metadata?.labels, ...pairs },
    }
  if (!selectors) return
  const { kind, spec } = object
  if ((kind === 'Service' && spec?.selector) || kind === 'ReplicationController')
    spec.selector = { ...spec.selector, ...pairs }
  if (['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(kind))
    spec.selector = { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, ...pairs } }
  if (['PodDisruptionBudget'].includes(kind) && spec?.selector)
    spec.selector = { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, ...pairs } }
  if (kind === 'NetworkPolicy' && spec?.podSelector?.matchLabels)
    spec.podSelector.matchLabels = { ...spec.podSelector.matchLabels, ...pairs }
  if (kind === 'StatefulSet')
    for (const t of spec.volumeClaimTemplates ?? [])
      t.metadata = { ...t.metadata, labels: { ...t.metadata?.labels, ...pairs } }
}

function addAnnotations(object: Obj, pairs: Obj): void {
  object.metadata.annotations = { ...object.metadata.annotations, ...pairs }
  const template = object.kind === 'CronJob' ? object.spec?.jobTemplate?.spec?.template : object.spec?.template
  if (isRecord(template))
    template.metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, ...pairs } }
  if (object.kind === 'CronJob')
    object.spec.jobTemplate.metadata = {
      ...object.spec.jobTemplate.metadata,
      annotations: { ...object.spec.jobTemplate.metadata?.annotations, ...pairs },
    }
}

function setImages(object: Obj, image: Obj): void {
  const spec = podSpecOf(object)
  for (const c of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]) {
    const m = /^(.*?)(?::([^:/@]+))?(@.*)?$/.exec(c.image ?? '')
    if (!m || m[1] !== image.name) continue
    const name = image.newName ?? m[1]
    if (image.digest) c.image = `${name}@${image.digest}`
    else if (image.newTag !== undefined) c.image = `${name}:${image.newTag}`
    else c.image = `${name}${m[2] ? `:${m[2]}` : ''}${m[3] ?? ''}`
  }
}
