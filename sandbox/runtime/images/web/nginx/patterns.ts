/** Regular expressions of the configuration, and what they capture of a request. */
import type { Exchange } from './exchange.ts'
import { at, type Directive } from './syntax.ts'

/** Patterns are written for PCRE, whose named captures JavaScript knows by another sign. */
export function pattern(text: string, ignoreCase: boolean, place: Directive): RegExp {
  try {
    return new RegExp(
      text.replaceAll('(?P<', '(?<').replace(/^\(\?i\)/, ''),
      ignoreCase || text.startsWith('(?i)') ? 'i' : '',
    )
  } catch {
    throw at(`pcre2_compile() failed: syntax error in "${text}"`, place)
  }
}

export function capture(x: Exchange, match: RegExpExecArray): void {
  x.captures = [...match].map(text => text ?? '')
  for (const [name, value] of Object.entries(match.groups ?? {})) x.set.set(name, value ?? '')
}
