/** Regular expressions of the configuration, and what they capture of a request. */
import { pcre } from '../pcre.ts'
import type { Exchange } from './exchange.ts'
import { at, type Directive } from './syntax.ts'

export function pattern(text: string, ignoreCase: boolean, place: Directive): RegExp {
  try {
    return pcre(text, ignoreCase)
  } catch {
    throw at(`pcre2_compile() failed: syntax error in "${text}"`, place)
  }
}

export function capture(x: Exchange, match: RegExpExecArray): void {
  x.captures = [...match].map(text => text ?? '')
  for (const [name, value] of Object.entries(match.groups ?? {})) x.set.set(name, value ?? '')
}
