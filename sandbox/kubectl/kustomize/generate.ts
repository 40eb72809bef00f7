/** ConfigMaps and Secrets made of files, literals and variables. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { base64, dataFields } from '../bytes.ts'
import { KubectlError } from '../errors.ts'
import type { Obj } from '../objects.ts'
import { add, type Item, idsOf, item } from './item.ts'
import { type Disk, readBelow } from './paths.ts'

export async function generate(disk: Disk, folder: string, k: Obj, items: Item[]): Promise<void> {
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const g of k[field] ?? []) {
      if (!g.name) throw new KubectlError(`a ${kind.toLowerCase()} must have a name`)
      const options = optionsOf(k.generatorOptions, g.options)
      const made = item(await generated(disk, folder, kind, g, options), !options.disableNameSuffixHash)
      if (g.behavior === 'merge' || g.behavior === 'replace') mergeInto(items, made, g.behavior)
      else create(items, made)
    }
}

/** How the library prints the id of a resource to be generated. */
const goId = ({ kind, metadata }: Obj): string =>
  `resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${metadata.name}", Namespace:"${metadata.namespace ?? ''}"}`

/** What there is of that name already, under its present name or a former one. */
const existing = (items: readonly Item[], { kind, metadata }: Obj): number =>
  items.findIndex(i =>
    idsOf(i).some(id => id.kind === kind && id.name === metadata.name && id.namespace === (metadata.namespace ?? '')),
  )

function create(items: Item[], made: Item): void {
  if (existing(items, made.object) >= 0)
    throw new KubectlError(`merging from generator: id ${goId(made.object)} exists; behavior must be merge or replace`)
  add(items, [made])
}

const optionsOf = (all: Obj = {}, own: Obj = {}): Obj => ({
  labels: { ...all.labels, ...own.labels },
  annotations: { ...all.annotations, ...own.annotations },
  disableNameSuffixHash: all.disableNameSuffixHash || own.disableNameSuffixHash,
  immutable: all.immutable || own.immutable,
})

async function generated(disk: Disk, folder: string, kind: 'ConfigMap' | 'Secret', g: Obj, options: Obj): Promise<Obj> {
  const data = dataFields(kind, await valuesOf(disk, folder, g), base64Lines)
  const some = (name: 'labels' | 'annotations'): Obj =>
    Object.keys(options[name]).length ? { [name]: options[name] } : {}
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: g.name,
      ...(g.namespace && { namespace: g.namespace }),
      ...some('labels'),
      ...some('annotations'),
    },
    ...data,
    ...(kind === 'Secret' && { type: g.type ?? 'Opaque' }),
    ...(options.immutable && { immutable: true }),
  }
}

/** What is there keeps its name and what the new one does not say; the data of both only where they are merged. */
function mergeInto(items: Item[], made: Item, behavior: 'merge' | 'replace'): void {
  const { metadata } = made.object
  const old = items[existing(items, made.object)]
  if (!old)
    throw new KubectlError(`merging from generator: id ${goId(made.object)} does not exist; cannot merge or replace`)
  const both = (name: 'labels' | 'annotations'): Obj => {
    const all = { ...old.object.metadata[name], ...metadata[name] }
    return Object.keys(all).length ? { [name]: all } : {}
  }
  const kept = behavior === 'merge' ? old.object : {}
  const merged = (name: 'data' | 'binaryData'): Obj => {
    const all = { ...kept[name], ...made.object[name] }
    return Object.keys(all).length ? { [name]: all } : {}
  }
  old.object = {
    ...made.object,
    metadata: { ...old.object.metadata, ...both('labels'), ...both('annotations') },
    ...merged('data'),
    ...merged('binaryData'),
  }
  old.hashed ||= made.hashed
}

/** Kustomize cuts what is long into lines. */
function base64Lines(text: string): string {
  const letters = base64(text)
  return letters.length < LINE ? letters : letters.replace(new RegExp(`.{1,${LINE}}`, 'g'), '$&\n')
}
const LINE = 70

async function valuesOf(disk: Disk, folder: string, g: Obj): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  const put = (key: string, value: string): void => {
    if (values.has(key)) throw new KubectlError(`configmap ${g.name} illegally repeats the key \`${key}\``)
    values.set(key, value)
  }
  const envs: string[] = [...(g.envs ?? []), ...(g.env ? [g.env] : [])]
  await pairs('env source files:', envs, async path => {
    for (const line of (await readBelow(disk, folder, path)).split('\n').map(l => l.trimStart())) {
      if (!line || line.startsWith('#')) continue
      const at = line.indexOf('=')
      // What has no name is passed over; a name alone does not take the value of a variable here.
      if (at) put(at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 1).replace(/\r$/, ''))
    }
  })
  await pairs('literal sources', g.literals, async (literal: string) => {
    const at = literal.indexOf('=')
    if (at < 1) throw new KubectlError(`invalid literal source ${literal}, expected key=value`)
    put(literal.slice(0, at), literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2'))
  })
  await pairs('file sources:', g.files, async (source: string) => {
    const { key, path } = fileSource(source)
    put(key, await readBelow(disk, folder, path))
  })
  return values
}

async function pairs(
  what: string,
  sources: readonly string[] = [],
  read: (source: string) => Promise<void>,
): Promise<void> {
  for (const source of sources) {
    try {
      await read(source)
    } catch (e) {
      const { message } = e as Error
      if (/illegally repeats/.test(message)) throw e
      throw new KubectlError(`loading KV pairs: ${what} [${sources.join(' ')}]: ${message}`)
    }
  }
}

function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=')
  const [key, path] = parts
  if (parts.length > 2) throw new KubectlError(`source ${goQuote(source)} key name or file path contains '='`)
  if (path === undefined) return { key: source.slice(source.lastIndexOf('/') + 1), path: source }
  if (!key) throw new KubectlError(`missing key name for file path ${goQuote(path)} in source ${goQuote(source)}`)
  if (!path) throw new KubectlError(`missing file path for key name ${goQuote(key)} in source ${goQuote(source)}`)
  return { key, path }
}
