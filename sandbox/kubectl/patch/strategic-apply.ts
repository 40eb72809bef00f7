/** A strategic merge patch applied here, for --local, --dry-run=client and kustomize. */
import { isRecord, type Obj } from '../objects.ts'
import { strategyOf } from './merge-keys.ts'

interface Options {
  /** Where the entries of a patch stand in a merged list: new ones before the others, or all of them in the patch's order. */
  order?: 'new first' | 'patch first'
  /** Whether lists are merged at all. */
  lists?: boolean
}

export function applyStrategicPatch(
  kind: string,
  target: Obj,
  patch: Obj,
  options: Options = {},
  path: readonly string[] = [],
): Obj {
  if (patch.$patch === 'replace') {
    const { $patch: _directive, ...rest } = patch
    return rest
  }
  const out: Obj = { ...target }
  if (Array.isArray(patch.$retainKeys))
    for (const key of Object.keys(out)) if (!patch.$retainKeys.includes(key)) delete out[key]
  for (const [key, value] of Object.entries<Obj>(patch)) {
    if (key.startsWith('$')) {
      if (key.startsWith('$deleteFromPrimitiveList/')) {
        const list = key.slice('$deleteFromPrimitiveList/'.length)
        out[list] = (out[list] ?? []).filter((x: Obj) => !value.includes(x))
      }
      continue
    }
    const where = [...path, key]
    if (value === null) delete out[key]
    else if (isRecord(value))
      out[key] = applyStrategicPatch(kind, isRecord(out[key]) ? out[key] : {}, value, options, where)
    else if (Array.isArray(value)) out[key] = mergeList(kind, out[key], value, options, where)
    else out[key] = value
  }
  return out
}

function mergeList(kind: string, old: Obj, patch: Obj[], options: Options, where: readonly string[]): Obj[] {
  const { order = 'new first', lists = true } = options
  const { mergeKey } = lists ? strategyOf(kind, where) : {}
  if (mergeKey === undefined || !Array.isArray(old)) return patch.filter(p => p?.$patch !== 'delete')
  if (mergeKey === '') return [...new Set([...old, ...patch])]
  if (patch.some(p => p.$patch === 'replace')) return patch.filter(p => p.$patch !== 'replace')
  let out = [...old]
  const front: Obj[] = []
  for (const item of patch) {
    const at = out.findIndex(o => o[mergeKey] === item[mergeKey])
    if (item.$patch === 'delete') out = out.filter(o => o[mergeKey] !== item[mergeKey])
    else if (at < 0) front.push(item)
    else {
      const merged = applyStrategicPatch(kind, out[at], item, options, where)
      if (order === 'new first') out[at] = merged
      else {
        front.push(merged)
        out.splice(at, 1)
      }
    }
  }
  return [...front, ...out]
}
