/** The set of fields that an object sets, as paths; and the FieldsV1 form in which managedFields holds it. */
import { isObject } from '../formats/json.ts'
import type { Field, Type } from '../schema/index.ts'
import type { FieldsV1 } from '../types.ts'

/** A step: `f:name`, `k:{"name":"web"}`, `v:"value"`; `.` (the last) stands for the thing itself. */
export type FieldSet = Set<string>

const SEPARATOR = '\u0000'
export const joinPath = (path: string, step: string): string => (path ? path + SEPARATOR + step : step)
export const steps = (path: string): string[] => path.split(SEPARATOR)
/** Whether a path is another, or lies below it. */
export const isWithin = (path: string, outer: string): boolean => path === outer || path.startsWith(outer + SEPARATOR)

/** That a list has an entry, whatever the entry holds. */
export const isMember = (path: string): boolean => /^[kv]:/.test(path.slice(path.lastIndexOf(SEPARATOR) + 1))

/** Whether it goes through an entry of a list that nothing tells from others. */
export const isUnnamed = (path: string): boolean => steps(path).includes('k:{}')

export interface Shape {
  type: Type | undefined
  list?: Field['list'] | undefined
}

export const childShape = (shape: Shape, key: string): Shape => {
  const { type } = shape
  if (type?.is === 'map') return { type: type.of }
  if (type?.is !== 'object') return { type: undefined }
  const field = type.type.fields.get(key)
  return { type: field?.type, list: field?.list }
}

export const itemShape = ({ type }: Shape): Shape => ({ type: type?.is === 'list' ? type.of : undefined })

/** How an entry of a list is told from the others; undefined where the list is owned as a whole. */
export function itemStep({ type, list }: Shape, item: unknown): string | undefined {
  if (list?.type === 'set') return `v:${JSON.stringify(item)}`
  if (list?.type !== 'map' || !isObject(item)) return undefined
  const values = [...list.keys].sort().map(key => [key, item[key] === undefined ? keyDefault(type, key) : item[key]])
  return `k:${JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== undefined)))}`
}

/** What a key of a list is when nobody gives it: what the schema says, otherwise nothing of its type, if it has to be there. */
export function keyDefault(list: Type | undefined, key: string): string | number | undefined {
  const item = list?.is === 'list' ? list.of : undefined
  const field = item?.is === 'object' ? item.type.fields.get(key) : undefined
  const isCustom = item?.is === 'object' && !item.type.id
  if (isCustom || field?.default !== undefined) return field?.default
  const isGiven = field?.required || (item?.is === 'object' && item.type.id === 'core/v1.LocalObjectReference')
  if (!field || !isGiven || field.pointer) return undefined
  return field.type.is === 'string' ? '' : 0
}

export const isGranular = (shape: Shape, value: unknown): boolean =>
  Array.isArray(value)
    ? shape.list?.type === 'map' || shape.list?.type === 'set'
    : isObject(value) && shape.list?.type !== 'atomic' && !isAnything(shape) && !isWhole(shape)

/** What may be anything is owned as a whole, unless its fields are to be kept as they come. */
const isAnything = ({ type, list }: Shape): boolean => type?.is === 'any' && list?.type !== 'granular'

/** Types that are owned as a whole, wherever they stand. */
const WHOLE = new Set(
  [
    'admissionregistration/v1: MatchResources NamedRuleWithOperations ParamKind ParamRef Variable',
    'autoscaling/v1: CrossVersionObjectReference',
    'core/v1: ConfigMapKeySelector EndpointAddress EndpointPort FileKeySelector LocalObjectReference NodeSelector NodeSelectorTerm ObjectFieldSelector ObjectReference ResourceFieldSelector ScopeSelector SecretKeySelector SecretReference TopologySelectorTerm TypedLocalObjectReference',
    'discovery/v1: EndpointPort',
    'meta/v1: LabelSelector OwnerReference',
    'networking/v1: ServiceBackendPort',
    'rbac/v1: RoleRef Subject',
  ].flatMap(line => {
    const [version, types = ''] = line.split(': ')
    return types.split(' ').map(type => `${version}.${type}`)
  }),
)
export const isWhole = ({ type, list }: Shape): boolean =>
  list?.type !== 'granular' && type?.is === 'object' && WHOLE.has(type.type.id)

/** Every leaf below `value`; what is owned as a whole is a leaf, and so is an empty map. An empty list has nothing to own. */
export function fieldSet(shape: Shape, value: unknown, path = '', into: FieldSet = new Set()): FieldSet {
  if (!isGranular(shape, value)) {
    if (path) into.add(path)
    return into
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      const here = joinPath(path, itemStep(shape, item)!)
      into.add(here)
      if (isObject(item)) fieldSet(itemShape(shape), item, here, into)
    }
    return into
  }
  const entries = Object.entries(value as object).filter(([, v]) => v !== undefined)
  if (!entries.length && path) into.add(path)
  for (const [key, child] of entries) fieldSet(childShape(shape, key), child, joinPath(path, `f:${key}`), into)
  return into
}

/** Kinds of steps, as Go orders them. */
const STEPS = ['f', 'k', 'v', 'i']

function compareSteps(a: string, b: string): number {
  if (a[0] !== b[0]) return STEPS.indexOf(a[0]!) - STEPS.indexOf(b[0]!)
  return a < b ? -1 : a > b ? 1 : 0
}

/** In the order in which Go goes through a set: at each level first what ends there. */
export function leavesFirst(paths: readonly string[]): string[] {
  const all = paths.map(path => ({ path, steps: steps(path) }))
  all.sort((a, b) => {
    let level = 0
    while (level < a.steps.length - 1 && level < b.steps.length - 1 && a.steps[level] === b.steps[level]) level++
    const ends = Number(a.steps.length - 1 > level) - Number(b.steps.length - 1 > level)
    return ends || compareSteps(a.steps[level]!, b.steps[level]!)
  })
  return all.map(({ path }) => path)
}

/** What stands at a path. */
export function valueAt(shape: Shape, value: unknown, path: string): unknown {
  let at = value
  let own = shape
  for (const step of steps(path)) {
    if (step.startsWith('f:')) {
      const key = step.slice(2)
      if (!isObject(at) || !Object.hasOwn(at, key)) return undefined
      at = at[key]
      own = childShape(own, key)
    } else {
      if (!Array.isArray(at)) return undefined
      const list = own
      at = at.find(item => itemStep(list, item) === step)
      own = itemShape(own)
    }
    if (at === undefined) return undefined
  }
  return at
}

/** Takes away what stands at a path, and what it leaves empty. Changes the value. */
export function removeAt(shape: Shape, value: unknown, path: readonly string[]): void {
  const [step, ...rest] = path
  if (step === undefined) return
  if (step.startsWith('f:')) {
    const key = step.slice(2)
    if (!isObject(value) || !Object.hasOwn(value, key)) return
    if (rest.length) removeAt(childShape(shape, key), value[key], rest)
    const left = value[key]
    const empty = rest.length > 0 && typeof left === 'object' && left !== null && !Object.keys(left).length
    if (!rest.length || empty) delete value[key]
    return
  }
  if (!Array.isArray(value)) return
  const at = value.findIndex(item => itemStep(shape, item) === step)
  if (at < 0) return
  if (rest.length) removeAt(itemShape(shape), value[at], rest)
  else value.splice(at, 1)
}

export function toFieldsV1(set: Iterable<string>): FieldsV1 {
  const root: FieldsV1 = {}
  for (const path of [...set].sort()) {
    let at = root
    for (const step of steps(path)) at = at[step] ??= {}
    // A leaf of its own that also has something below says so by a dot.
    at['.'] = {}
  }
  const tidy = (node: FieldsV1): void => {
    for (const [step, child] of Object.entries(node)) {
      if (step === '.') continue
      tidy(child)
      if (Object.keys(child).length === 1 && child['.']) delete child['.']
    }
  }
  tidy(root)
  return root
}

export function fromFieldsV1(node: FieldsV1 | undefined, path = '', into: FieldSet = new Set()): FieldSet {
  const entries = Object.entries(node ?? {})
  if (!entries.length && path) into.add(path)
  for (const [step, child] of entries) {
    if (step === '.') into.add(path)
    else fromFieldsV1(child, joinPath(path, step), into)
  }
  return into
}

/** As conflicts name a field: .spec.containers[name="web"].image */
export const printPath = (path: string): string =>
  steps(path)
    .map(step => {
      if (step.startsWith('f:')) return `.${step.slice(2)}`
      if (step.startsWith('v:')) return `[=${step.slice(2)}]`
      const keys = JSON.parse(step.slice(2)) as Record<string, unknown>
      return `[${Object.entries(keys)
        .map(([k, v]) => `${k}=${printValue(v)}`)
        .join(',')}]`
    })
    .join('')

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return Object.entries(value)
    .map(([k, v]) => `${k}=${printValue(v)}`)
    .join('')
}
