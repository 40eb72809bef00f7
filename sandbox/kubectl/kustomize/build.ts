/** Builds a kustomization: resources gathered, generated, changed and put in order. */
import { clone } from '../../api/json.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests.ts'
import { isList, type Obj } from '../objects.ts'
import { toYaml } from '../print/yaml.ts'
import { contentHash } from '../verbs/create/data.ts'
import { generate } from './generate.ts'
import { add, type Item, item, remember } from './item.ts'
import { readKustomization } from './kustomization.ts'
import { inOrder } from './order.ts'
import { patch } from './patches.ts'
import { absolute, isAddress, join, notThere, readBelow } from './paths.ts'
import { fixReferences } from './references.ts'
import { replace } from './replacements.ts'
import { transform } from './transform.ts'
import { resolveVariables } from './vars.ts'

/** @returns the resources as YAML */
export async function build(io: Io, folder: string): Promise<string> {
  const kind = await io.files.kind(folder)
  if (kind !== 'directory')
    throw new KubectlError(
      isAddress(folder)
        ? `not simulated: a kustomization from the network (${folder})`
        : kind === 'file'
          ? `must build at directory: not a valid directory: '${absolute(io, folder)}' must resolve to a directory`
          : `must build at directory: not a valid directory: ${notThere(io, folder).replace(absolute(io, folder), folder)}`,
    )
  const vars: Obj[] = []
  const all = await buildFolder(io, folder, [], vars)
  for (const one of all) {
    if (!one.hashed) continue
    remember(one)
    one.object.metadata.name += `-${await contentHash(one.object, '')}`
  }
  fixReferences(all)
  resolveVariables(vars, all)
  const { sortOptions, buildMetadata = [] } = await readKustomization(io, folder)
  const kept = all.filter(({ object }) => !object.metadata?.annotations?.['config.kubernetes.io/local-config'])
  if (buildMetadata.includes('managedByLabel'))
    for (const { object } of kept)
      object.metadata.labels = { ...object.metadata.labels, 'app.kubernetes.io/managed-by': 'kustomize-(devel)' }
  return inOrder(kept, sortOptions)
    .map(i => toYaml(i.object))
    .join('---\n')
}

/** @param items what a component finds there already; @param vars takes the variables of all folders */
async function buildFolder(io: Io, folder: string, items: Item[], vars: Obj[]): Promise<Item[]> {
  const k = await readKustomization(io, folder)
  await warnOfOldFields(io, k)
  let all = items
  for (const path of [...(k.resources ?? []), ...(k.bases ?? [])]) await gather(io, folder, path, all, vars)
  await generate(io, folder, k, all)
  for (const path of k.components ?? []) all = await buildFolder(io, join(folder, path), all, vars)
  const merges = (k.patchesStrategicMerge ?? []).map((p: string) => (p.includes('\n') ? { patch: p } : { path: p }))
  all = await patch(io, folder, [...merges, ...(k.patches ?? [])], all)
  transform(k, all)
  all = await patch(io, folder, k.patchesJson6902 ?? [], all)
  await replace(io, folder, k.replacements ?? [], all)
  vars.push(...(k.vars ?? []))
  return all
}

const OLD: Readonly<Record<string, string>> = {
  commonLabels: "Please use 'labels' instead.",
  bases: "Please use 'resources' instead.",
  patchesJson6902: "Please use 'patches' instead.",
  patchesStrategicMerge: "Please use 'patches' instead.",
  vars: "Please use 'replacements' instead. [EXPERIMENTAL]",
}

async function warnOfOldFields(io: Io, k: Obj): Promise<void> {
  for (const [old, advice] of Object.entries(OLD))
    if (k[old])
      await io.err(
        `# Warning: '${old}' is deprecated. ${advice} Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      )
}

async function gather(io: Io, folder: string, path: string, all: Item[], vars: Obj[]): Promise<void> {
  const full = join(folder, path)
  const kind = await io.files.kind(full)
  if (!kind && isAddress(path)) throw new KubectlError(`not simulated: resources from the network (${path})`)
  const failed = (words: string): never => {
    throw new KubectlError(`accumulating resources: accumulation err='accumulating resources from '${path}': ${words}`)
  }
  const where = absolute(io, full)
  if (kind === 'directory') {
    const recursed = (what: string, e: unknown): never =>
      failed(`'${where}' must resolve to a file': recursed ${what} path '${where}': ${(e as Error).message}`)
    const inner = await buildFolder(io, full, [], vars).catch(e => recursed('accumulation of', e))
    try {
      add(all, inner)
    } catch (e) {
      recursed('merging from', e)
    }
    return
  }
  const text = await readBelow(io, folder, path).catch(e => {
    const why = (e as Error).message
    return failed(
      kind
        ? `${why}': must build at directory: '${where}': file is not directory`
        : `${why}': must build at directory: not a valid directory: ${why}`,
    )
  })
  for (const d of await documents(text, { plainTruth: true })) {
    if ('error' in d)
      return failed(`MalformedYAMLError: ${d.error.replace(/^error converting YAML to JSON: /, '')} in File: ${path}'`)
    add(
      all,
      (isList(d.object) ? d.object.items : [d.object]).map((object: Obj) => item(clone(object))),
    )
  }
}
