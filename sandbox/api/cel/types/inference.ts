/** What is known of the parameters of types so far, while an expression is checked. */
import type { Overload } from './declarations.ts'
import { assign, mostGeneral, type Substitution, substitute } from './substitution.ts'
import { DYN, parameter, type Type } from './types.ts'

export class Inference {
  #known: Substitution = new Map()
  #free = 0

  /** A type with what is known put in; what is not known stays a parameter. */
  current(type: Type): Type {
    return substitute(this.#known, type, false)
  }

  /** As `current`, at the end: what is still not known is dyn. */
  settled(type: Type): Type {
    return substitute(this.#known, type, true)
  }

  /** A type of which nothing is known yet. */
  variable(): Type {
    return parameter(`_var${this.#free++}`)
  }

  /** Whether the types fit; if so, what follows for parameters is known from now on. */
  assign(from: readonly Type[], to: readonly Type[]): boolean {
    const found = assign(this.#known, from, to)
    if (found) this.#known = found
    return found !== undefined
  }

  /** The type of elements of which those before had a type. */
  joined(before: Type | undefined, type: Type): Type {
    if (!before) return type
    return this.assign([before], [type]) ? mostGeneral(before, type) : DYN
  }

  /** The result and the parameters of an overload, with parameters of types made anew. */
  instance({ params, result }: Overload): Type[] {
    const own = new Map<string, Type>()
    const names = (t: Type): void => {
      if (t.kind === 'parameter' && !own.has(t.name)) own.set(t.name, this.variable())
      t.params.forEach(names)
    }
    const all = [result, ...params]
    all.forEach(names)
    return own.size ? all.map(t => substitute(own, t, false)) : all
  }
}
