/** A script of sed, taken apart. */

export type Address =
  | { kind: 'line'; n: number }
  | { kind: 'last' }
  | { kind: 'match'; regexp: RegExp }
  | { kind: 'step'; first: number; step: number }
  | { kind: 'plus'; n: number }
  | { kind: 'multiple'; n: number }

export interface Instruction {
  from?: Address
  to?: Address
  negated: boolean
  command: string
  regexp?: RegExp
  replacement?: string
  flags?: string
  file?: string
  text?: string
  label?: string
  block?: Instruction[]
  /** Inside its range; the line that ends it, if known. */
  active?: boolean
  /** Whether a range from line 0 has begun. */
  begun?: boolean
  until?: number
}
