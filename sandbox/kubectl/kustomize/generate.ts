/** ConfigMaps and Secrets made of files, literals and variables. */
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import type { Obj } from '../objects.ts'
import { base64 } from '../verbs/create/data.ts'
import { add, type Item, idsOf, item } from './item.ts'
import { readBelow } from './paths.ts'

export async function generate(io: Io, folder: string, k: Obj, items: Item[]): Promise<void> {
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const g of k[field] ?? []) {
      const options = optionsOf(k.generatorOptions, g.options)
      const made = item(await generated(io, folder, kind, g, options), !options.disableNameSuffixHash)
      if (!g.behavior || g.behavior === 'create') add(items, [made])
      else if (g.behavior === 'merge' || g.behavior === 'replace') mergeInto(items, made, g.behavior)
      else throw new KubectlError(`unknown behavior: ${g.behavior}`)
    }
}

const optionsOf = (all: Obj = {}, own: Obj = {}): Obj => ({
  labels: { ...all.labels, ...own.labels },
  annotations: { ...all.annotations, ...own.annotations },
  disableNameSuffixHash: all.disableNameSuffixHash || own.disableNameSuffixHash,
  immutable: all.immutable || own.immutable,
})

async function generated(io: Io, folder: string, kind: 'ConfigMap' | 'Secret', g: Obj, options: Obj): Promise<Obj> {
  const data = await dataOf(io, folder, g, kind === 'Secret')
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
    ...(Object.keys(data).length && { data }),
    ...(kind === 'Secret' && { type: g.type ?? 'Opaque' }),
    ...(options.immutable && { immutable: true }),
  }
}

/** What is there keeps its name and what the new one does not say; the data of both only where they are merged. */
function mergeInto(items: Item[], made: Item, behavior: 'merge' | 'replace'): void {
  const { kind, metadata } = made.object
  const at = items.findIndex(i =>
    idsOf(i).some(id => id.kind === kind && id.name === metadata.name && id.namespace === (metadata.namespace ?? '')),
  )
  const old = items[at]
  if (!old)
    throw new KubectlError(
      `merging from generator: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${metadata.name}", Namespace:"${metadata.namespace ?? ''}"} does not exist; cannot merge or replace`,
    )
  const both = (name: 'labels' | 'annotations'): Obj => {
    const all = { ...old.object.metadata[name], ...metadata[name] }
    return Object.keys(all).length ? { [name]: all } : {}
  }
  const data = behavior === 'merge' ? { ...old.object.data, ...made.object.data } : made.object.data
  old.object = {
    ...made.object,
    metadata: { ...old.object.metadata, ...both('labels'), ...both('annotations') },
    ...(data && { data }),
    ...(behavior === 'merge' && old.object.binaryData && { binaryData: old.object.binaryData }),
  }
  old.hashed ||= made.hashed
}

async function dataOf(io: Io, folder: string, g: Obj, secret: boolean): Promise<Record<string, string>> {
  const data: Record<string, string> = {}
  const put = (key: string, value: string): void => {
    if (key in data) throw new KubectlError(`configmap ${g.name} illegally repeats the key \`${key}\``)
    data[key] = secret ? base64(value) : value
  }
  const file = async (path: string, kind: 'file' | 'env'): Promise<string> => {
    try {
      return await readBelow(io, folder, path)
    } catch (e) {
      throw new KubectlError(`loading KV pairs: ${kind} sources: [${path}]: ${(e as Error).message}`)
    }
  }
  for (const env of [...(g.envs ?? []), ...(g.env ? [g.env] : [])])
    for (const line of (await file(env, 'env')).split('\n').map(l => l.trimStart())) {
      if (!line || line.startsWith('#')) continue
      const at = line.indexOf('=')
      if (at < 0) put(line, io.env[line] ?? '')
      else put(line.slice(0, at), line.slice(at + 1).replace(/\r$/, ''))
    }
  for (const literal of g.literals ?? []) {
    const at = literal.indexOf('=')
    if (at < 1)
      throw new KubectlError(
        `loading KV pairs: literal sources [${g.literals.join(' ')}]: invalid literal source ${literal}, expected key=value`,
      )
    put(literal.slice(0, at), literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2'))
  }
  for (const source of g.files ?? []) {
    const at = source.indexOf('=')
    const path = at < 0 ? source : source.slice(at + 1)
    put(at < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, at), await file(path, 'file'))
  }
  return data
}
