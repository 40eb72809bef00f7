/** Patches of a kustomization: strategic merges for the resource that they name, or any kind of patch for selected ones. */

import { goQuote } from '../../api/formats/go-escapes.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { clone } from '../../api/formats/json.ts'
import { applyOperations, Misfit } from '../../api/patch/json-patch.ts'
import { KubectlError } from '../errors.ts'
import { documents } from '../manifests/manifests.ts'
import { groupOf, type Obj } from '../objects.ts'
import { applyStrategicPatch } from '../patch/strategic-apply.ts'
import { type Item, idOf, idText, isClusterScoped, namespaceOf, remember, resourceProblem } from './item.ts'
import { type Disk, readBelow } from './paths.ts'
import { isSelected, selectorText } from './selector.ts'

/** What a patch says, once it has been read: changes of resources, or operations in JSON. */
interface Read {
  changes: readonly Obj[]
  operations?: readonly Obj[]
  /** As errors call it. */
  source: string
}

export async function patch(
  disk: Disk,
  folder: string,
  entries: readonly Obj[],
  items: readonly Item[],
): Promise<Item[]> {
  let out = [...items]
  for (const entry of entries) out = applyTo(out, entry, await read(disk, folder, entry))
  return out
}

/** The older list, whose entries are files, or patches themselves. */
export async function patchMerges(
  disk: Disk,
  folder: string,
  merges: readonly string[],
  items: readonly Item[],
): Promise<Item[]> {
  const entries: Obj[] = []
  for (const merge of merges) {
    if (merge.includes('\n')) {
      entries.push({ patch: merge })
      continue
    }
    const text = await readBelow(disk, folder, merge).catch(e => {
      throw troubled('PatchStrategicMergeTransformer', { paths: [merge] }, (e as Error).message)
    })
    entries.push({ patch: text })
  }
  return patch(disk, folder, entries, items)
}

const troubled = (plugin: string, config: Obj, words: string): KubectlError =>
  new KubectlError(`trouble configuring builtin ${plugin} with config: \`\n${toYaml(config)}\`: ${words}`)

async function read(disk: Disk, folder: string, entry: Obj): Promise<Read> {
  const fail = (words: string): never => {
    throw troubled('PatchTransformer', entry, words)
  }
  const inline = entry.patch?.trim()
  if (!inline && !entry.path) fail(`must specify one of patch and path in\n${toYaml(entry)}`)
  if (inline && entry.path) fail(`patch and path can't be set at the same time\n${toYaml(entry)}`)
  const text: string =
    inline ||
    (await readBelow(disk, folder, entry.path).catch(e =>
      fail(`failed to get the patch file from path(${entry.path}): ${(e as Error).message}`),
    ))
  const source = inline ? `[patch: ${goQuote(text)}]` : `[path: ${goQuote(entry.path)}]`
  const read = await documents(text, { plainTruth: true })
  const changes: Obj[] = []
  for (const d of read) {
    if ('error' in d) return fail(`unable to parse SM or JSON patch from ${source}`)
    changes.push(d.object)
  }
  if (Array.isArray(changes[0])) return { changes: [], operations: changes[0], source }
  if (changes.some(resourceProblem)) fail(`unable to parse SM or JSON patch from ${source}`)
  return { changes, source }
}

function applyTo(items: Item[], entry: Obj, { changes, operations, source }: Read): Item[] {
  if (operations && !entry.target) throw new KubectlError(`must specify a target for JSON patch ${source}`)
  if (entry.target && changes.length > 1)
    throw new KubectlError(
      `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`,
    )
  if (operations) {
    for (const one of selected(items, entry.target)) renewed(one, jsonPatched(one.object, operations))
    return items
  }
  let out = items
  for (const change of changes) {
    const targets = entry.target ? selected(out, entry.target) : [named(out, change)]
    if (change.$patch === 'delete') out = out.filter(i => !targets.includes(i))
    else for (const one of targets) merge(one, change, entry.options ?? {})
  }
  return out
}

function selected(items: readonly Item[], target: Obj): Item[] {
  try {
    return items.filter(i => isSelected(i, target))
  } catch (e) {
    throw new KubectlError(
      `unable to find patch target ${goQuote(selectorText(target))} in \`resources\`: ${(e as Error).message}`,
    )
  }
}

/** The one resource that a change names, by what it is called or was called. */
function named(items: readonly Item[], change: Obj): Item {
  const wanted = idText(change)
  const namespace = namespaceOf(change)
  const found = items.filter(({ object, before }) =>
    [...before, idOf(object)].some(
      id =>
        id.kind === change.kind &&
        id.apiVersion === change.apiVersion &&
        id.name === change.metadata.name &&
        (isClusterScoped(change) || (id.namespace || 'default') === namespace),
    ),
  )
  if (found.length === 1) return found[0]!
  throw new KubectlError(
    `no resource matches strategic merge patch ${goQuote(wanted)}: ${found.length ? 'multiple matches' : 'no matches'} for Id ${wanted}; failed to find unique target for patch ${wanted}`,
  )
}

/** In the words of the library that kustomize uses. */
function jsonPatched(old: Obj, operations: readonly Obj[]): Obj {
  try {
    return applyOperations(clone(old), operations) as Obj
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    throw new KubectlError(error.message)
  }
}

function renewed(one: Item, object: Obj): void {
  remember(one)
  one.object = object
}

/** What it is called and what it is only changes where that is allowed. */
function merge(one: Item, change: Obj, { allowNameChange, allowKindChange }: Obj): void {
  const old = one.object
  const next = applyStrategicPatch(old.kind, old, change, { order: 'patch first', lists: hasStrategies(old) })
  const { apiVersion, kind } = old
  const { name, namespace } = old.metadata
  renewed(one, {
    ...next,
    ...(!allowKindChange && { apiVersion, kind }),
    metadata: { ...next.metadata, ...(!allowNameChange && { name }), ...(namespace && { namespace }) },
  })
}

/** Lists of kinds that are not Kubernetes' own are replaced as a whole. */
const hasStrategies = ({ apiVersion }: Obj): boolean => {
  const group = groupOf(apiVersion ?? '')
  return !group.includes('.') || group.endsWith('.k8s.io')
}
