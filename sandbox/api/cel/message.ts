/** The result of a messageExpression, if it can be shown. */
import type { Value } from './runtime/values.ts'

/** In bytes. */
const MAX_MESSAGE = 5 * 1024

/** Undefined where the plain message has to do. */
export function messageFrom(value: Value): string | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  const fits = text && !text.includes('\n') && new TextEncoder().encode(text).length <= MAX_MESSAGE
  return fits ? text : undefined
}
