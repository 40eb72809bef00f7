/** JSON patch, RFC 6902. */
import { clone, deepEqual, isObject } from '../json.ts'
import { badRequest, StatusError, tooLarge } from '../status.ts'

interface Operation {
  op: string
  path: string
  from?: string
  value?: unknown
}

const MAX_OPERATIONS = 10_000

/** Every way in which a patch fails to fit says the same to the client. */
const doesNotFit = (): StatusError =>
  new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})

/** @throws BadRequest when it is no patch, Invalid when it does not fit. May change `target`. */
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
  let root = target
  for (const operation of patch as Operation[]) {
    if (!isObject(operation) || typeof operation.path !== 'string') throw doesNotFit()
    root = apply(root, operation)
  }
  return root
}

function apply(root: unknown, { op, path, from, value }: Operation): unknown {
  switch (op) {
    case 'add':
      return add(root, path, clone(value))
    case 'remove':
      return remove(root, path)
    case 'replace':
      // The library that Kubernetes uses lets a replace add a key that is missing.
      find(root, path)
      return path === '' ? clone(value) : replace(root, path, clone(value))
    case 'move': {
      if (typeof from !== 'string') throw doesNotFit()
      const moved = find(root, from)
      return add(remove(root, from), path, moved)
    }
    case 'copy':
      if (typeof from !== 'string') throw doesNotFit()
      return add(root, path, clone(find(root, from)))
    case 'test':
      if (!deepEqual(find(root, path), value ?? null)) throw doesNotFit()
      return root
    default:
      throw doesNotFit()
  }
}

function tokens(pointer: string): string[] {
  if (pointer === '') return []
  if (pointer[0] !== '/') throw doesNotFit()
  return pointer
    .slice(1)
    .split('/')
    .map(t => t.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The container of a path's last part, and that part. */
function parent(root: unknown, path: string): { holder: unknown[] | Record<string, unknown>; key: string } {
  const parts = tokens(path)
  const key = parts.pop()!
  let holder = root
  for (const part of parts) holder = child(holder, part)
  if (!Array.isArray(holder) && !isObject(holder)) throw doesNotFit()
  return { holder, key }
}

const INDEX = /^(0|[1-9]\d*)$/

function child(holder: unknown, key: string): unknown {
  if (Array.isArray(holder)) {
    if (!INDEX.test(key) || Number(key) >= holder.length) throw doesNotFit()
    return holder[Number(key)]
  }
  if (!isObject(holder) || !Object.hasOwn(holder, key)) throw doesNotFit()
  return holder[key]
}

/** What stands at a path; a key that is absent is null. */
function find(root: unknown, path: string): unknown {
  if (path === '') return root
  const { holder, key } = parent(root, path)
  if (isObject(holder) && !Object.hasOwn(holder, key)) return null
  return child(holder, key)
}

function set(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function add(root: unknown, path: string, value: unknown): unknown {
  if (path === '') return value
  const { holder, key } = parent(root, path)
  if (!Array.isArray(holder)) set(holder, key, value)
  else if (key === '-') holder.push(value)
  else {
    if (!INDEX.test(key) || Number(key) > holder.length) throw doesNotFit()
    holder.splice(Number(key), 0, value)
  }
  return root
}

function replace(root: unknown, path: string, value: unknown): unknown {
  const { holder, key } = parent(root, path)
  if (Array.isArray(holder)) holder[Number(key)] = value
  else set(holder, key, value)
  return root
}

function remove(root: unknown, path: string): unknown {
  const { holder, key } = parent(root, path)
  child(holder, key)
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
  return root
}
