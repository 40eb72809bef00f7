/** Thousands of questions from a few manifests: each is one manifest with one field gone, empty, doubled, wrong or of a wrong type. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Manifest = { [key: string]: Json } & { apiVersion: string; kind: string }
type Key = string | number

export interface Question {
  /** `spec.replicas=-1`, `spec.containers.0.image gone`. */
  change: string
  /** The manifest with the change; undefined where it has no such place. */
  of(manifest: Json): Json | undefined
}

const LONG = 'a'.repeat(260)
const TEXTS = ['', 'Bad_Name!', LONG, '-x', 'example.com/ok', '10.300.1.1', '9', '/a/../b', ' ', 'été']
const NUMBERS = [-1, 0, 1, 70_000, 2 ** 31 - 1, 2 ** 31, 1.5, 'x', '3']

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function at(root: Json, path: readonly Key[]): Json | undefined {
  let here: Json | undefined = root
  for (const key of path) {
    if (Array.isArray(here)) here = here[key as number]
    else if (isObject(here)) here = here[key]
    else return undefined
  }
  return here
}

type Change = (now: Json) => Json | undefined

/** @param change undefined takes the place away */
const changed =
  (path: readonly Key[], change: Change) =>
  (manifest: Json): Json | undefined => {
    const copy = structuredClone(manifest)
    const holder = at(copy, path.slice(0, -1))
    const key = path.at(-1)!
    if (Array.isArray(holder)) {
      const now = holder[key as number]
      if (now === undefined) return undefined
      const next = change(now)
      if (next === undefined) holder.splice(key as number, 1)
      else holder[key as number] = next
    } else if (isObject(holder)) {
      const next = change(holder[key] ?? null)
      if (next === undefined) delete holder[key]
      else holder[key] = next
    } else return undefined
    return copy
  }

const shown = (value: Json): string => (typeof value === 'string' ? JSON.stringify(value.slice(0, 20)) : `${value}`)

function* changesOf(value: Json): Iterable<[string, Change]> {
  const set = (next: Json, name = `=${shown(next)}`): [string, Change] => [name, () => next]
  yield [' gone', () => undefined]
  yield set(null)
  if (typeof value === 'string') {
    for (const text of TEXTS) yield set(text)
    yield set(5)
    yield set({}, '={}')
  } else if (typeof value === 'number') {
    for (const number of NUMBERS) yield set(number)
  } else if (typeof value === 'boolean') {
    yield set(!value)
    yield set('yes')
  } else if (Array.isArray(value)) {
    const grown = (name: string, more: (first: Json) => Json): [string, Change] => [
      name,
      now => (Array.isArray(now) ? [...now, more(now[0] ?? null)] : now),
    ]
    yield set([], '=[]')
    yield set('x')
    yield grown(' with its first again', first => first)
    yield grown(' with null', () => null)
    yield grown(' with an empty one', first => (typeof first === 'object' ? {} : ''))
  } else if (isObject(value)) {
    yield set({}, '={}')
    yield set([], '=[]')
    yield set('x')
    yield [' with an unknown field', now => (isObject(now) ? { ...now, zzz: 1 } : now)]
  }
}

function* places(value: Json, path: readonly Key[] = []): Iterable<[readonly Key[], Json]> {
  if (path.length) yield [path, value]
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* places(item, [...path, i])
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* places(item, [...path, key])
}

/** What decides where a question is sent stays. */
const isAddress = ([first, ...rest]: readonly Key[]): boolean =>
  first === 'apiVersion' || first === 'kind' || (first === 'metadata' && !rest.length)

export function* questions(manifest: Json): Iterable<Question> {
  yield { change: 'as it is', of: now => now }
  for (const [path, value] of places(manifest)) {
    if (isAddress(path)) continue
    for (const [name, change] of changesOf(value))
      yield { change: `${path.join('.')}${name}`, of: changed(path, change) }
  }
}
