/** Variables: fields of resources that others name as $(NAME). */
import { KubectlError } from '../errors.ts'
import { groupOf, isRecord, type Obj, versionOf } from '../objects.ts'
import { changeField, isMeant } from './fields.ts'
import type { Item } from './item.ts'
import { isNamed } from './selector.ts'
import { VARIABLES } from './tables.ts'

export function resolveVariables(vars: readonly Obj[], items: readonly Item[]): void {
  const values = new Map(vars.map(v => [v.name as string, variable(v, items)]))
  if (!values.size) return
  const expand = (value: unknown): unknown => {
    if (typeof value === 'string') return expanded(value, values)
    if (Array.isArray(value)) return value.map(expand)
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, typeof v === 'string' ? expand(v) : v]))
    return value
  }
  for (const { object } of items)
    for (const spec of VARIABLES) if (isMeant(spec, object)) changeField(object, spec, expand)
}

/** As errors name one: {SVC Service.v1.[noGrp] {metadata.name}} */
export function varText({ name, objref, fieldref }: Obj, path = fieldref?.fieldpath ?? ''): string {
  const { apiVersion = '', kind } = objref
  const version = apiVersion.includes('/') || !path ? versionOf(apiVersion) : apiVersion
  return `{${name} ${kind}.${(path && version) || '[noVer]'}.${groupOf(apiVersion) || '[noGrp]'} {${path}}}`
}

function variable(v: Obj, items: readonly Item[]): unknown {
  const { objref, fieldref } = v
  const { apiVersion, kind } = objref
  const path = String(fieldref?.fieldpath ?? fieldref?.fieldPath ?? 'metadata.name')
  const text = varText(v, path)
  const selector = {
    ...objref,
    kind,
    ...(apiVersion && { group: groupOf(apiVersion), version: versionOf(apiVersion) }),
  }
  const found = items.filter(i => isNamed(i, selector))
  if (found.length !== 1)
    throw new KubectlError(
      `${found.length ? `found ${found.length} resId matches for var` : 'var'} '${text}' cannot be mapped to a field in the set of known resources`,
    )
  let value: unknown = found[0]!.object
  for (const step of path.match(/[^.[\]]+/g) ?? []) value = (value as Obj)?.[step]
  if (value === undefined)
    throw new KubectlError(`field specified in var '${text}' not found in corresponding resource`)
  return value
}

/** $(NAME) alone keeps its type; $$ stands for one $. */
function expanded(text: string, values: ReadonlyMap<string, unknown>): unknown {
  const alone = /^\$\(([^)]*)\)$/.exec(text)
  if (alone) return values.get(alone[1]!) ?? text
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (all, name?: string) =>
    name === undefined ? '$' : String(values.get(name) ?? all),
  )
}
