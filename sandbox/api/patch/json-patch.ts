/** JSON patch, RFC 6902, as read by the library that Kubernetes and kubectl use: in what it lets pass, and in its words. */
import { goQuote } from '../fields.ts'
import { clone, deepEqual, isObject } from '../json.ts'
import { badRequest, StatusError, tooLarge } from '../status.ts'

/** Why a patch does not fit, as the library says it; the server keeps it to itself. */
export class Misfit extends Error {}

const MISSING = 'missing value'
const MAX_OPERATIONS = 10_000

/** What a client of the API sees. @throws BadRequest when it is no patch, Invalid when it does not fit. May change `target`. */
export function applyJsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const kind = patch === null ? 'null' : typeof patch
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${kind} into Go value of type []handlers.jsonPatchOp`,
    )
  }
  if (patch.length > MAX_OPERATIONS) {
    throw tooLarge(
      `Request entity too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    )
  }
  try {
    return asGoLeaves(applyOperations(target, patch), patch)
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
  }
}

/** To Go an object that has been opened is a map, whose keys come by the alphabet; all else keeps its order. */
function asGoLeaves(root: unknown, patch: readonly unknown[]): unknown {
  const opened = new Set<unknown>()
  const openAll = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    opened.add(value)
    for (const child of Object.values(value)) openAll(child)
  }
  for (const operation of patch) {
    const { op, path, from } = (operation ?? {}) as Operation
    for (const pointer of [path, from]) {
      let holder: unknown = root
      opened.add(holder)
      for (const part of typeof pointer === 'string' ? pointer.split('/').slice(1, -1) : []) {
        if (!isHolder(holder)) break
        const place: Place = { holder, key: unescaped(part) }
        opened.add((holder = tried(() => get(place))))
      }
    }
    // What is compared is opened all through.
    const tested = op === 'test' && typeof path === 'string' ? find(root, path) : undefined
    if (tested) openAll(tried(() => get(tested)))
  }
  const asMaps = (value: unknown): unknown => {
    if (!opened.has(value) || typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(asMaps)
    const entries = Object.entries(value).map(([key, child]) => [key, asMaps(child)] as const)
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return asMaps(root)
}

const GO_KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' }
const goKind = (value: unknown): string => (Array.isArray(value) ? 'array' : (GO_KINDS[typeof value] ?? 'object'))

/** May change `target`. @throws Misfit */
export function applyOperations(target: unknown, patch: unknown): unknown {
  const operations = patch ?? []
  const into = (value: unknown, type: string): string =>
    `json: cannot unmarshal ${goKind(value)} into Go value of type jsonpatch.${type}`
  if (!Array.isArray(operations)) throw new Misfit(into(operations, 'Patch'))
  for (const one of operations) if (one !== null && !isObject(one)) throw new Misfit(into(one, 'Operation'))
  return operations.reduce((root, one) => apply(root, one ?? {}), target)
}

type Operation = Readonly<Record<string, unknown>>

function apply(root: unknown, operation: Operation): unknown {
  const op = typeof operation.op === 'string' ? operation.op : 'unknown'
  const work = Object.hasOwn(WORK, op) ? WORK[op] : undefined
  if (!work) throw new Misfit(`Unexpected kind: ${op}`)
  return work(root, operation, `${op} operation`)
}

type Work = (root: unknown, operation: Operation, what: string) => unknown

const WORK: Readonly<Record<string, Work>> = {
  add(root, operation, what) {
    const path = pathOf(operation, what, false)
    const at = find(root, path) ?? misses(`${what} does not apply: doc is missing path: ${goQuote(path)}`)
    trying(`error in add for path: '${path}'`, () => add(at, given(operation)))
    return root
  },
  remove(root, operation, what) {
    const path = pathOf(operation, what, false)
    const at = find(root, path) ?? misses(`${what} does not apply: doc is missing path: ${goQuote(path)}`)
    trying(`error in remove for path: '${path}'`, () => remove(at))
    return root
  },
  replace(root, operation, what) {
    const path = pathOf(operation, what)
    const value = given(operation)
    if (path === '') {
      if (typeof value === 'object' && value !== null) return value
      throw new Misfit('replace operation value must be object or array: %!w(<nil>)')
    }
    const at = find(root, path) ?? misses(`${what} does not apply: doc is missing path: ${path}`)
    // Of an object it may also add a key that is missing.
    const index = Array.isArray(at.holder) ? tried(() => indexIn(at.holder as unknown[], at.key)) : at.key
    if (index === undefined) misses(`${what} does not apply: doc is missing key: ${path}`)
    else set(at.holder, index, value)
    return root
  },
  move(root, operation, what) {
    const from = fromOf(operation, what)
    const at = find(root, from) ?? misses(`${what} does not apply: doc is missing from path: ${from}`)
    const value = trying(`error in move for path: '${at.key}'`, () => {
      const moved = get(at)
      remove(at)
      return moved
    })
    const path = pathOf(operation, what)
    const to = find(root, path) ?? misses(`${what} does not apply: doc is missing destination path: ${path}`)
    trying(`error in move for path: '${path}'`, () => add(to, value))
    return root
  },
  copy(root, operation, what) {
    const from = fromOf(operation, what)
    const at = find(root, from) ?? misses(`${what} does not apply: doc is missing from path: ${from}`)
    const value = trying(`error in copy for from: '${from}'`, () => clone(get(at)))
    const path = pathOf(operation, what, false)
    const to = find(root, path) ?? misses(`${what} does not apply: doc is missing destination path: ${path}`)
    trying('error while adding value during copy', () => add(to, value))
    return root
  },
  test(root, operation, what) {
    const path = pathOf(operation, what)
    const at = path === '' ? undefined : find(root, path)
    if (path !== '' && !at) misses(`${what} does not apply: is missing path: ${path}`)
    const found = at ? trying(`error in test for path: '${path}'`, () => get(at)) : root
    if (!deepEqual(found, given(operation))) throw new Misfit(`testing value ${path} failed: test failed`)
    return root
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
function find(root: unknown, path: string): Place | undefined {
  const parts = path.split('/').slice(1).map(unescaped)
  const key = parts.pop()
  if (key === undefined) return undefined
  let holder = root
  for (const part of parts) {
    if (!isHolder(holder)) return undefined
    const place: Place = { holder, key: part }
    holder = tried(() => get(place))
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
