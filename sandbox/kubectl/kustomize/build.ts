/** Builds a kustomization: resources gathered, generated, changed and put in order. */

import { goQuote } from '../../api/formats/go-escapes.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { clone } from '../../api/formats/json.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests/manifests.ts'
import { isList, type Obj } from '../objects.ts'
import { contentHash } from '../verbs/create/data.ts'
import { generate } from './generate.ts'
import { add, type Item, item, remember, resourceProblem } from './item.ts'
import { readKustomization } from './kustomization.ts'
import { inOrder } from './order.ts'
import { patch, patchMerges } from './patches.ts'
import { absolute, type Disk, enter, isAddress, join, notThere, readBelow } from './paths.ts'
import { fixReferences } from './references.ts'
import { replace } from './replacements.ts'
import { scale, transform } from './transform.ts'
import { resolveVariables, varText } from './vars.ts'

/** @returns the resources as YAML */
export async function build(io: Io, folder: string, anywhere = false): Promise<string> {
  if (!(await io.files.kind(folder)) && isAddress(folder))
    throw new KubectlError(`not simulated: a kustomization from the network (${folder})`)
  await mustBeDirectory(io, folder, folder)
  const disk = enter({ io, anywhere, within: [] }, folder)
  const k = await readKustomization(io, folder)
  const vars: Obj[] = []
  const all = await accumulate(disk, folder, k, [], vars)
  for (const one of all) {
    if (!one.hashed) continue
    remember(one)
    one.object.metadata.name += `-${await contentHash(one.object, { name: '', empty: '' })}`
  }
  fixReferences(all)
  resolveVariables(vars, all)
  const kept = all.filter(({ object }) => object.metadata.annotations?.[LOCAL] !== 'true')
  if (k.buildMetadata?.includes('managedByLabel'))
    for (const { object } of kept)
      object.metadata.labels = { ...object.metadata.labels, 'app.kubernetes.io/managed-by': 'kustomize-(devel)' }
  return inOrder(kept, k.sortOptions)
    .map(i => toYaml(i.object))
    .join('---\n')
}
const LOCAL = 'config.kubernetes.io/local-config'

/** Does what a kustomization says. @param items what a component finds there already; @param vars takes the variables of all folders */
async function accumulate(disk: Disk, folder: string, k: Obj, items: Item[], vars: Obj[]): Promise<Item[]> {
  let all = items
  for (const path of k.resources) await gather(disk, folder, path, all, vars)
  await generate(disk, folder, k, all)
  for (const path of k.components ?? []) all = await component(disk, folder, path, all, vars)
  all = await patchMerges(disk, folder, k.patchesStrategicMerge ?? [], all)
  all = await patch(disk, folder, k.patches ?? [], all)
  transform(k, all)
  all = await patch(disk, folder, k.patchesJson6902 ?? [], all)
  scale(k, all)
  await replace(disk, folder, k.replacements ?? [], all)
  addVariables(vars, k.vars ?? [])
  return all
}

function addVariables(all: Obj[], fresh: readonly Obj[]): void {
  for (const v of fresh) {
    if (all.some(({ name }) => name === v.name))
      throw new KubectlError(
        `merging vars [${fresh.map(f => varText(f)).join(' ')}]: var '${v.name}' already encountered`,
      )
    all.push(v)
  }
}

/** A folder within another. @throws KubectlError with what a loader says of a place where no kustomization can be */
async function mustBeDirectory(io: Io, folder: string, as: string): Promise<void> {
  const kind = await io.files.kind(folder)
  if (kind === 'directory') return
  const root = absolute(io, folder)
  throw new KubectlError(
    kind === 'file'
      ? `must build at directory: '${root}': file is not directory`
      : `must build at directory: not a valid directory: ${notThere(io, folder).replace(root, as)}`,
  )
}

async function component(disk: Disk, folder: string, path: string, all: Item[], vars: Obj[]): Promise<Item[]> {
  const full = join(folder, path)
  const root = absolute(disk.io, full)
  const failed = (what: string, words: string): never => {
    throw new KubectlError(`accumulating components: ${what} ${goQuote(words)}`)
  }
  const inner = await mustBeDirectory(disk.io, full, root)
    .then(() => enter(disk, full))
    .catch(e => failed('loader.New', (e as Error).message))
  try {
    const k = await subordinate(disk, full, 'Component')
    return await accumulate(inner, full, k, all, vars).catch(e => {
      throw new KubectlError(`recursed accumulation of path '${root}': ${(e as Error).message}`)
    })
  } catch (e) {
    return failed('accumulateDirectory:', (e as Error).message)
  }
}

/** A kustomization that another one names. */
async function subordinate(disk: Disk, folder: string, kind: 'Kustomization' | 'Component'): Promise<Obj> {
  const root = absolute(disk.io, folder)
  const k = await readKustomization(disk.io, folder).catch(e => {
    throw new KubectlError(`couldn't make target for path '${root}': ${(e as Error).message}`)
  })
  if (k.kind === kind) return k
  throw new KubectlError(
    kind === 'Component'
      ? `expected kind 'Component' for path '${root}' but got '${k.kind}'`
      : `expected kind != 'Component' for path '${root}'`,
  )
}

async function gather(disk: Disk, folder: string, path: string, all: Item[], vars: Obj[]): Promise<void> {
  const { io } = disk
  const full = join(folder, path)
  const kind = await io.files.kind(full)
  if (!kind && isAddress(path)) throw new KubectlError(`not simulated: resources from the network (${path})`)
  const where = absolute(io, full)
  const failed = (words: string, then: string): never => {
    throw new KubectlError(`accumulating resources: accumulation err='${words}': ${then}`)
  }
  if (kind === 'directory') {
    try {
      const own = enter(disk, full)
      const k = await subordinate(disk, full, 'Kustomization')
      const inner = await accumulate(own, full, k, [], vars).catch(e => {
        throw new KubectlError(`recursed accumulation of path '${where}': ${(e as Error).message}`)
      })
      try {
        add(all, inner)
      } catch (e) {
        throw new KubectlError(`recursed merging from path '${where}': ${(e as Error).message}`)
      }
    } catch (e) {
      failed(`accumulating resources from '${path}': '${where}' must resolve to a file`, (e as Error).message)
    }
    return
  }
  const noFolder = kind
    ? path.startsWith('/')
      ? `new root '${where}' cannot be absolute`
      : `must build at directory: '${where}': file is not directory`
    : `must build at directory: not a valid directory: ${notThere(io, full)}`
  const read = await resourcesOf(disk, folder, path).catch(e => {
    const words = `accumulating resources from '${path}': ${(e as Error).message}`
    if (e instanceof Malformed) throw new KubectlError(`accumulating resources: ${words}`)
    return failed(words, noFolder)
  })
  try {
    add(all, read)
  } catch (e) {
    failed(`merging resources from '${path}': ${(e as Error).message}`, noFolder)
  }
}

class Malformed extends Error {}

async function resourcesOf(disk: Disk, folder: string, path: string): Promise<Item[]> {
  const out: Item[] = []
  for (const d of await documents(await readBelow(disk, folder, path), { plainTruth: true })) {
    if ('error' in d)
      throw new Malformed(
        `MalformedYAMLError: ${d.error.replace(/^error converting YAML to JSON: /, '')} in File: ${path}`,
      )
    const objects: Obj[] = isList(d.object) ? d.object.items : [d.object]
    for (const object of objects) {
      const problem = resourceProblem(object)
      if (problem) throw new KubectlError(problem)
      out.push(item({ ...clone(object), metadata: clone(object.metadata) }))
    }
  }
  return out
}
