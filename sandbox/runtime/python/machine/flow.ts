/** How a statement ended: undefined where the next one follows. */
import type { Value } from '../objects/values.ts'

export const BREAK = Symbol('break')
export const CONTINUE = Symbol('continue')

export type Flow = undefined | typeof BREAK | typeof CONTINUE | { value: Value }
