/** Patches of a kustomization: strategic merges for the resource that they name, or any kind of patch for selected ones. */
import { clone } from '../../api/json.ts'
import { applyJsonPatch } from '../../api/patch/json-patch.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests.ts'
import { type Obj, quote } from '../objects.ts'
import { applyStrategicPatch } from '../patch/strategic-apply.ts'
import { toYaml } from '../print/yaml.ts'
import { type Item, idsOf, idText, remember } from './item.ts'
import { readBelow } from './paths.ts'
import { isSelected } from './selector.ts'

export async function patch(io: Io, folder: string, entries: readonly Obj[], items: readonly Item[]): Promise<Item[]> {
  let out = [...items]
  for (const entry of entries) {
    const text = entry.patch ?? (await fileText(io, folder, entry))
    const changes: Obj[] = []
    for (const d of await documents(text, { plainTruth: true })) {
      if ('error' in d) throw new KubectlError(`unable to parse SM or JSON patch from [${text}]`)
      changes.push(d.object)
    }
    if (entry.target && changes.length > 1 && !changes.some(Array.isArray))
      throw new KubectlError(
        'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: ' +
          `[${entry.path ? `path: ${quote(entry.path)}` : `patch: ${quote(text)}`}]`,
      )
    for (const change of changes) out = applyOne(out, entry, change, text)
  }
  return out
}

async function fileText(io: Io, folder: string, entry: Obj): Promise<string> {
  if (!entry.path) throw new KubectlError('must specify one of patch and path in\n{}')
  try {
    return await readBelow(io, folder, entry.path)
  } catch (e) {
    const config = `trouble configuring builtin PatchTransformer with config: \`\n${toYaml(entry)}\``
    throw new KubectlError(`${config}: failed to get the patch file from path(${entry.path}): ${(e as Error).message}`)
  }
}

function applyOne(items: Item[], entry: Obj, change: Obj, text: string): Item[] {
  if (Array.isArray(change) && !entry.target)
    throw new KubectlError(
      `must specify a target for JSON patch [${entry.path ? `path: ${quote(entry.path)}` : `patch: ${quote(text)}`}]`,
    )
  const targets = entry.target ? items.filter(i => isSelected(i, entry.target)) : [named(items, change)]
  const gone = new Set<Item>()
  for (const one of targets) {
    if (!Array.isArray(change) && change.$patch === 'delete') gone.add(one)
    else changeOne(one, change, entry.options ?? {})
  }
  return items.filter(i => !gone.has(i))
}

function named(items: readonly Item[], change: Obj): Item {
  const { kind, metadata = {} } = change
  const found = items.filter(i =>
    idsOf(i).some(
      id =>
        id.kind === kind && id.name === metadata.name && (!metadata.namespace || id.namespace === metadata.namespace),
    ),
  )
  if (found.length === 1) return found[0]!
  const id = idText(change)
  throw new KubectlError(
    found.length
      ? `unable to find patch target ${quote(metadata.name)} in \`resources\`: multiple matches for Id ${id}; failed to find unique target for patch ${id}`
      : `no resource matches strategic merge patch ${quote(id)}: no matches for Id ${id}; failed to find unique target for patch ${id}`,
  )
}

/** One operation after the other, each with the words of the library that kustomize uses. */
function jsonPatched(old: Obj, operations: readonly Obj[]): Obj {
  let object = clone(old)
  for (const operation of operations) {
    try {
      object = applyJsonPatch(object, [operation]) as Obj
    } catch {
      throw new KubectlError(doesNotFit(operation))
    }
  }
  return object
}

function doesNotFit({ op, path }: Obj): string {
  const key = String(path).split('/').at(-1)
  switch (op) {
    case 'remove':
      return `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`
    case 'replace':
      return `replace operation does not apply: doc is missing key: ${path}: missing value`
    case 'test':
      return `testing value ${path} failed: test failed`
    default:
      return `${op} operation does not apply: doc is missing path: ${quote(path)}: missing value`
  }
}

/** What it is called and what it is only changes where that is allowed. */
function changeOne(one: Item, change: Obj, { allowNameChange, allowKindChange }: Obj): void {
  const old = one.object
  const next = Array.isArray(change)
    ? jsonPatched(old, change)
    : applyStrategicPatch(old.kind, old, change, [], 'patch first')
  remember(one)
  one.object = {
    ...next,
    ...(!allowKindChange && !Array.isArray(change) && { apiVersion: old.apiVersion, kind: old.kind }),
    metadata: {
      ...next.metadata,
      ...(!allowNameChange && { name: old.metadata.name }),
      ...(!Array.isArray(change) && old.metadata.namespace && { namespace: old.metadata.namespace }),
    },
  }
}
