/** For libraries: an implementation with the types that its overload promises. */
import type { Value } from '../runtime/values.ts'
import type { Implementation } from '../types/declarations.ts'

export const of = <A extends (Value | undefined)[]>(call: (...args: A) => Value): Implementation =>
  call as Implementation
