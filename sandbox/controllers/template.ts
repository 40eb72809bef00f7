/** Pod templates: whether two are the same, and the short hash that names a ReplicaSet after its template. */

export const POD_TEMPLATE_HASH = 'pod-template-hash'

interface Template {
  metadata?: { labels?: Record<string, string> }
}

/** Frozen templates are compared again and again. */
const texts = new WeakMap<object, string>()

/** A template as text, without the hash label; what is empty is as good as absent, and order of keys means nothing. */
export function templateText(template: Template): string {
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

/** 32-bit FNV-1a over UTF-8. */
export function fnv32a(text: string): number {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 16777619)
  return hash >>> 0
}

/** A number in letters that spell no words. */
export const safeEncode = (text: string): string =>
  [...text].map(c => LETTERS[c.charCodeAt(0) % LETTERS.length]).join('')

/** @param collisions how often this template's name was taken by another */
export const templateHash = (template: Template, collisions?: number): string =>
  safeEncode(String(fnv32a(templateText(template) + (collisions === undefined ? '' : `\n${collisions}`))))
