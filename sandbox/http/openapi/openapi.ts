/**
 * The index of OpenAPI documents, and what each is made from; the documents themselves are loaded when somebody asks.
 */
import { apiVersionOf, type KindDef } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'
import { customName, customSchema } from './custom.ts'

/** Documents that are of no version of a group. */
const OF_NO_VERSION = ['.well-known/openid-configuration', 'api', 'apis', 'openid/v1/jwks', 'version'] as const

/** A version of a group, and before it the group, of which a custom one tells nothing. */
const pathsOf = ({ group, version, custom }: KindDef): string[] =>
  group ? [...(custom ? [] : [`apis/${group}`]), `apis/${group}/${version}`] : [`api/${version}`]

/** What there are documents of, as paths: api/v1, apis/apps, apis/apps/v1, version … */
export const versions = (registry: Registry): string[] =>
  [...new Set([...OF_NO_VERSION, ...registry.all().flatMap(pathsOf)])].sort()

const kindsOf = (registry: Registry, path: string): KindDef[] => {
  const version = path.replace(/^apis?\//, '')
  return registry.all().filter(k => apiVersionOf(k) === version)
}

/** What decides how a document comes out: which version it is of, and what definitions say of its custom kinds. */
export function identity(registry: Registry, path: string): string {
  const custom = kindsOf(registry, path).filter(kind => kind.custom)
  return JSON.stringify([
    path,
    ...custom.map(kind => [customName(kind), customSchema(kind, { prefix: '', v3: true }, {})]),
  ])
}

const documents = () => import('./documents.ts')

/** Of each path the last document that was made, with the hash of what decided how it came out. */
const kept = new WeakMap<Registry, Map<string, { hash: string; text: string }>>()

/**
 * GET /openapi/v3/PATH, of a path that is there. Every `kubectl apply` asks for one, and to write the core's anew takes 30 ms.
 * @param hash of the path's identity
 */
export async function groupVersion(registry: Registry, path: string, hash: string): Promise<string> {
  const kinds = kindsOf(registry, path)
  const { v3 } = await documents()
  let texts = kept.get(registry)
  if (!texts) kept.set(registry, (texts = new Map()))
  const last = texts.get(path)
  if (last?.hash === hash) return last.text
  // A definition that is gone may have taken its version with it.
  const there = new Set(versions(registry))
  for (const known of texts.keys()) if (!there.has(known)) texts.delete(known)
  const text = JSON.stringify(v3(path, kinds))
  texts.set(path, { hash, text })
  return text
}

export const V2_PROTOBUF = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'

/**
 * v2 in protobuf, which kubectl asks for when v3 does not know a kind: only its head, so that clients learn that v2 does
 * not know it either. All of the content is in v3, and in v2 as JSON.
 */
export function v2Head(): string {
  const field = (number: number, text: string): string => String.fromCharCode((number << 3) | 2, text.length) + text
  return field(1, '2.0') + field(2, field(1, 'Kubernetes') + field(2, 'v1.36.2'))
}

/** GET /openapi/v2: all in one. */
export const v2 = async (registry: Registry): Promise<string> => JSON.stringify((await documents()).v2(registry.all()))
