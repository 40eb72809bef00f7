/** Shell patterns: `*`, `?`, `[…]`, with a backslash before what is meant literally. */

const cache = new Map<string, RegExp>()

export const escapePattern = (text: string): string => text.replace(/[\\*?[\]!^@+()|&-]/g, '\\$&')

export const hasGlob = (pattern: string): boolean =>
  /(?:^|[^\\])(?:\\\\)*(?:[*?]|\[(?=.*\])|[+@!]\((?=.*\)))/s.test(pattern)

export const unescapePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1')

const CLASSES: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
}

/** The source of a regular expression that matches what the pattern does. */
export function patternSource(pattern: string): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    const list = '?*+@!'.includes(c) && pattern[i + 1] === '(' ? alternatives(pattern, i + 1) : undefined
    if (list) {
      const any = `(?:${list.texts.map(patternSource).join('|')})`
      const rest = patternSource(pattern.slice(list.end + 1))
      // `!(…)`: anything from which what follows can go on, but none of these.
      if (c === '!') return `${out}(?!${any}${rest}$)[^]*${rest}`
      out += c === '@' ? any : any + c
      i = list.end
    } else if (c === '*') out += '[^]*'
    else {
      const one = oneLetter(pattern, i)
      out += one.source
      i = one.end
    }
  }
  return out
}

/** What stands for one letter of the text, and where it ends in the pattern. */
function oneLetter(pattern: string, at: number): { source: string; end: number } {
  const c = pattern[at]!
  if (c === '\\') return { source: quote(pattern[at + 1] ?? '\\'), end: at + 1 }
  if (c === '?') return { source: '[^]', end: at }
  return (c === '[' && bracket(pattern, at)) || { source: quote(c), end: at }
}

/**
 * As `patternSource`, for a whole text and without going back: what stands between two stars has a fixed length, so the
 * first place where it is found is as good as any, and is kept (a lookahead does not try another).
 * @returns undefined for extended patterns
 */
function steadySource(pattern: string): string | undefined {
  const between = ['']
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '*' && pattern[i + 1] !== '(') {
      between.push('')
      continue
    }
    if (pattern[i + 1] === '(' && '?*+@!'.includes(pattern[i]!)) return undefined
    const one = oneLetter(pattern, i)
    between[between.length - 1] += one.source
    i = one.end
  }
  const [first = '', ...others] = between
  const last = others.pop()
  if (last === undefined) return first
  const middle = others.filter(Boolean).map((source, i) => `(?=([^]*?${source}))\\${i + 1}`)
  return `${first}${middle.join('')}[^]*${last}`
}

/** The patterns of `+(a|b)`, whose bracket opens at `start`. */
function alternatives(pattern: string, start: number): { texts: string[]; end: number } | undefined {
  const texts = ['']
  let depth = 0
  for (let i = start; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '(' && !depth++) continue
    if (c === ')' && !--depth) return { texts, end: i }
    if (c === '|' && depth === 1) texts.push('')
    else texts[texts.length - 1] += c === '\\' ? c + (pattern[++i] ?? '') : c
  }
  return undefined
}

const quote = (c: string): string => (/[.*+?^${}()|[\]\\/]/.test(c) ? `\\${c}` : c)

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let i = start + 1
  let source = '['
  if (pattern[i] === '!' || pattern[i] === '^') {
    source += '^'
    i++
  }
  for (let first = true; i < pattern.length; first = false) {
    const c = pattern[i]!
    if (c === ']' && !first) return { source: `${source}]`, end: i }
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i, i + 12))
    if (named) {
      source += CLASSES[named[1]!] ?? ''
      i += named[0].length
      continue
    }
    const literal = c === '\\' ? (pattern[++i] ?? '') : c
    const isRange = c === '-' && !first && pattern[i + 1] !== ']'
    source += isRange ? '-' : literal.replace(/[\]\\^[-]/g, '\\$&')
    i++
  }
  return undefined
}

/** Whole-string match. */
export function matches(pattern: string, text: string, anyCase = false): boolean {
  const key = anyCase ? `i ${pattern}` : `  ${pattern}`
  let regexp = cache.get(key)
  if (!regexp) {
    regexp = new RegExp(`^(?:${steadySource(pattern) ?? patternSource(pattern)})$`, anyCase ? 'i' : '')
    if (cache.size > 500) cache.clear()
    cache.set(key, regexp)
  }
  return regexp.test(text)
}
