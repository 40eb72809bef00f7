/** JSON patch, RFC 6902, as read by the library that Kubernetes and kubectl use: in what it lets pass, and in its words. */
import { goQuote } from '../formats/go-escapes.ts'
import { clone, deepEqual, isObject } from '../formats/json.ts'
import { StatusError, tooLarge } from '../status.ts'

/** Why a patch does not fit, as the library says it; the server keeps it to itself. */
export class Misfit extends Error {}

const MISSING = 'missing value'
const MAX_OPERATIONS = 10_000

/** What a client of the API sees. @throws RequestEntityTooLarge, Invalid when it does not fit. May change `target`. */
export function applyJsonPatch(target: unknown, patch: readonly unknown[]): unknown {
  if (patch.length > MAX_OPERATIONS) {
    throw tooLarge(
      `Request entity too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    )
  }
  try {
    const { root, opened } = patched(target, patch)
    return asWritten(root, opened.add(root))
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
  }
}

const GO_KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' }
const goKind = (value: unknown): string => (Array.isArray(value) ? 'array' : (GO_KINDS[typeof value] ?? 'object'))

/** What is being patched. */
interface Document {
  root: unknown
  /** What the library has taken apart to get at something in it: the objects are maps to Go then. */
  readonly opened: Set<unknown>
}

/** May change `target`. @throws Misfit */
export const applyOperations = (target: unknown, patch: unknown): unknown => patched(target, patch).root

function patched(target: unknown, patch: unknown): Document {
  const operations = patch ?? []
  const into = (value: unknown, type: string): string =>
    `json: cannot unmarshal ${goKind(value)} into Go value of type jsonpatch.${type}`
  if (!Array.isArray(operations)) throw new Misfit(into(operations, 'Patch'))
  for (const one of operations) if (one !== null && !isObject(one)) throw new Misfit(into(one, 'Operation'))
  const document: Document = { root: target, opened: new Set() }
  for (const one of operations) apply(document, one ?? {})
  return document
}

/** The keys of what has been opened come by the alphabet; all else keeps its order. */
function asWritten(value: unknown, opened: ReadonlySet<unknown>): unknown {
  if (!isHolder(value) || !opened.has(value)) return value
  if (Array.isArray(value)) return value.map(item => asWritten(item, opened))
  const entries = Object.entries(value).map(([key, child]) => [key, asWritten(child, opened)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function openAll(value: unknown, opened: Set<unknown>): void {
  if (!isHolder(value)) return
  opened.add(value)
  for (const child of Object.values(value)) openAll(child, opened)
}

type Operation = Readonly<Record<string, unknown>>

function apply(document: Document, operation: Operation): void {
  const op = typeof operation.op === 'string' ? operation.op : 'unknown'
  const work = Object.hasOwn(WORK, op) ? WORK[op] : undefined
  if (!work) throw new Misfit(`Unexpected kind: ${op}`)
  work(document, operation, `${op} operation`)
}

type Work = (document: Document, operation: Operation, what: string) => void

const WORK: Readonly<Record<string, Work>> = {
  add(document, operation, what) {
    const path = pathOf(operation, what, false)
    const at = find(document, path) ?? misses(`${what} does not apply: doc is missing path: ${goQuote(path)}`)
    trying(`error in add for path: '${path}'`, () => add(at, given(operation)))
  },
  remove(document, operation, what) {
    const path = pathOf(operation, what, false)
    const at = find(document, path) ?? misses(`${what} does not apply: doc is missing path: ${goQuote(path)}`)
    trying(`error in remove for path: '${path}'`, () => remove(at))
  },
  replace(document, operation, what) {
    const path = pathOf(operation, what)
    const value = given(operation)
    if (path === '') {
      if (!isHolder(value)) throw new Misfit('replace operation value must be object or array: %!w(<nil>)')
      document.root = value
      return
    }
    const at = find(document, path) ?? misses(`${what} does not apply: doc is missing path: ${path}`)
    // Of an object it may also add a key that is missing.
    const index = Array.isArray(at.holder) ? tried(() => indexIn(at.holder as unknown[], at.key)) : at.key
    if (index === undefined) misses(`${what} does not apply: doc is missing key: ${path}`)
    else set(at.holder, index, value)
  },
  move(document, operation, what) {
    const from = fromOf(operation, what)
    const at = find(document, from) ?? misses(`${what} does not apply: doc is missing from path: ${from}`)
    const value = trying(`error in move for path: '${at.key}'`, () => {
      const moved = get(at)
      remove(at)
      return moved
    })
    const path = pathOf(operation, what)
    const to = find(document, path) ?? misses(`${what} does not apply: doc is missing destination path: ${path}`)
    trying(`error in move for path: '${path}'`, () => add(to, value))
  },
  copy(document, operation, what) {
    const from = fromOf(operation, what)
    const at = find(document, from) ?? misses(`${what} does not apply: doc is missing from path: ${from}`)
    const value = trying(`error in copy for from: '${from}'`, () => clone(asWritten(get(at), document.opened)))
    const path = pathOf(operation, what, false)
    const to = find(document, path) ?? misses(`${what} does not apply: doc is missing destination path: ${path}`)
    trying('error while adding value during copy', () => add(to, value))
  },
  test(document, operation, what) {
    const path = pathOf(operation, what)
    const at = path === '' ? undefined : find(document, path)
    if (path !== '' && !at) misses(`${what} does not apply: is missing path: ${path}`)
    const found = at ? trying(`error in test for path: '${path}'`, () => get(at)) : document.root
    if (!deepEqual(found, given(operation))) throw new Misfit(`testing value ${path} failed: test failed`)
    // What is compared is opened all through.
    openAll(found, document.opened)
  },
}

const misses = (words: string): never => {
  throw new Misfit(`${words}: ${MISSING}`)
}

function trying<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    throw new Misfit(`${what}: ${error.message}`)
  }
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    return undefined
  }
}

/** Where nothing is given, null is. */
const given = ({ value }: Operation): unknown => clone(value ?? null)

/** @param telling whether it says why a path is none */
function pathOf({ path }: Operation, what: string, telling = true): string {
  if (typeof path === 'string') return path
  if (!telling) return misses(`${what} failed to decode path`)
  return pointerFault(path, `${what} failed to decode path`, 'operation missing path field')
}

const fromOf = ({ from }: Operation, what: string): string =>
  typeof from === 'string' ? from : pointerFault(from, `${what} failed to decode from`, 'operation, missing from field')

function pointerFault(pointer: unknown, what: string, absent: string): never {
  if (pointer === undefined || pointer === null) return misses(`${what}: ${absent}`)
  throw new Misfit(`${what}: json: cannot unmarshal ${goKind(pointer)} into Go value of type string`)
}

/** Something in an object or a list, there or not yet. */
interface Place {
  holder: unknown[] | Record<string, unknown>
  key: string
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** What stands before the first slash is not looked at. */
function find({ root, opened }: Document, path: string): Place | undefined {
  const parts = path.split('/').slice(1).map(unescaped)
  const key = parts.pop()
  if (key === undefined) return undefined
  let holder = root
  for (const part of parts) {
    if (!isHolder(holder)) return undefined
    const place: Place = { holder, key: part }
    holder = tried(() => get(place))
    opened.add(holder)
  }
  return isHolder(holder) ? { holder, key } : undefined
}

const isHolder = (value: unknown): value is Place['holder'] => Array.isArray(value) || isObject(value)

/** A key that is absent is null. */
function get({ holder, key }: Place): unknown {
  if (Array.isArray(holder)) return holder[indexIn(holder, key)]
  return Object.hasOwn(holder, key) ? holder[key] : null
}

function add({ holder, key }: Place, value: unknown): void {
  if (!Array.isArray(holder)) set(holder, key, value)
  else if (key === '-') holder.push(value)
  else {
    const what = `value was not a proper array index: '${key}'`
    const number = /^[-+]?\d+$/.test(key) ? Number(key) : trying(what, () => notANumber(key))
    holder.splice(within(number, holder.length + 1), 0, value)
  }
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(indexIn(holder, key), 1)
  else if (Object.hasOwn(holder, key)) delete holder[key]
  else misses(`Unable to remove nonexistent key: ${key}`)
}

function set(holder: Place['holder'], key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

const notANumber = (text: string): never => {
  throw new Misfit(`strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`)
}

const indexIn = (list: readonly unknown[], key: string): number =>
  within(/^[-+]?\d+$/.test(key) ? Number(key) : notANumber(key), list.length)

/** Below zero it counts from the end. */
function within(index: number, length: number): number {
  if (index >= length || index < -length)
    throw new Misfit(`Unable to access invalid index: ${index}: invalid index referenced`)
  return index < 0 ? index + length : index
}
