/** Pod templates: whether two are the same, and the short hash that names a ReplicaSet after its template. */

import { toJson } from '../../api/formats/go-json.ts'
import { goDump } from './go-dump.ts'

export const POD_TEMPLATE_HASH = 'pod-template-hash'

interface Template {
  metadata?: { labels?: Record<string, string> }
}

/** Frozen templates are compared again and again. */
const texts = new WeakMap<object, string>()

/** A template as text, without the hash label; what is empty is as good as absent, and order of keys means nothing. */
function templateText(template: Template): string {
  const known = texts.get(template)
  if (known !== undefined) return known
  const { [POD_TEMPLATE_HASH]: _, ...labels } = template.metadata?.labels ?? {}
  const text = canonical({ ...template, metadata: { ...template.metadata, labels } }) ?? ''
  if (Object.isFrozen(template)) texts.set(template, text)
  return text
}

function canonical(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) return value.length ? `[${value.map(v => canonical(v) ?? '{}').join()}]` : undefined
  if (typeof value !== 'object') return JSON.stringify(value)
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const text = canonical((value as Record<string, unknown>)[key])
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`)
  }
  return parts.length ? `{${parts.join()}}` : undefined
}

export const equalTemplates = (a: Template, b: Template): boolean => a === b || templateText(a) === templateText(b)

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** 32-bit FNV-1a. @param hash of what came before */
function fnv32a(bytes: Uint8Array, hash = 2166136261): number {
  let h = hash
  for (const byte of bytes) h = Math.imul(h ^ byte, 16777619)
  return h >>> 0
}

/** 32-bit FNV-1, which differs in the order of its two steps. */
function fnv32(text: string): number {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash, 16777619) ^ byte
  return hash >>> 0
}

/** A value with the keys of its objects in the order in which Go writes those of a map. */
export const inGoOrder = <T>(value: T): T => JSON.parse(toJson(value)) as T

/** A number in letters that spell no words. */
const safeEncode = (text: string): string => [...text].map(c => LETTERS[c.charCodeAt(0) % LETTERS.length]).join('')

/**
 * The hash that Kubernetes gives a template.
 * @param collisions how often this template's name was taken by another
 * @param lacking fields that a release does not have yet, for comparison with what it has shown
 */
export function templateHash(template: Template, collisions?: number, lacking?: ReadonlySet<string>): string {
  const hash = fnv32a(new TextEncoder().encode(goDump('PodTemplateSpec', template, lacking)))
  if (collisions === undefined) return safeEncode(String(hash))
  const count = new DataView(new ArrayBuffer(8))
  count.setUint32(0, collisions, true)
  return safeEncode(String(fnv32a(new Uint8Array(count.buffer), hash)))
}

/** As Kubernetes computes it for the revisions of StatefulSets. */
export const dataHash = (data: unknown, collisions: number): string =>
  safeEncode(String(fnv32(`${toJson(data)}${collisions}`)))
