/** POSIX regular expressions, basic and extended, as those of JavaScript. */

export const SETS: Record<string, string> = {
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \t\n\v\f\r',
  blank: ' \t',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
}

/** An expression that is none, and why, in the words of the C library. */
export class BadRegexp extends Error {}

/** POSIX expressions to JavaScript's. @throws BadRegexp */
export function regexp(pattern: string, kind: 'basic' | 'extended' | 'fixed', flags = ''): RegExp {
  if (kind === 'fixed') return new RegExp(pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags)
  let out = ''
  let open = 0
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '[') {
      let end = i + 1
      if (pattern[end] === '^') end++
      if (pattern[end] === ']') end++
      while (end < pattern.length && pattern[end] !== ']')
        end += pattern.startsWith('[:', end) ? pattern.indexOf(':]', end) + 2 - end : 1
      if (end >= pattern.length) throw new BadRegexp('Invalid regular expression')
      const unknown = [...pattern.slice(i + 1, end).matchAll(/\[:(\w*):\]/g)].find(([, name]) => !SETS[name!])
      if (unknown) throw new BadRegexp('Invalid character class name')
      const inner = pattern
        .slice(i + 1, end)
        .replace(/\[:(\w+):\]/g, (_, name: string) => (SETS[name] ?? '').replace(/[[\]\\]/g, '\\$&'))
        .replace(/^(\^?)\]/, '$1\\]')
        .replace(/\\(?![\]\\[])/g, '\\\\')
        .replace(/(?<!\\)\[/g, '\\[')
      out += `[${inner}]`
      i = end
    } else if (c === '\\') {
      const next = pattern[++i] ?? ''
      if (kind === 'basic' && '(){}|+?'.includes(next)) out += next
      else if (next === '<' || next === '>') out += '\\b'
      else if (next === '`' || next === "'") out += next === '`' ? '^' : '$'
      else out += /[a-zA-Z0-9]/.test(next) ? `\\${next}` : `\\${next}`
    } else if (kind === 'basic' && '(){}|+?'.includes(c)) out += `\\${c}`
    else if (kind === 'basic' && c === '*' && (out === '' || out.endsWith('('))) out += '\\*'
    else if (kind === 'basic' && c === '^' && out !== '' && !out.endsWith('(') && !out.endsWith('|')) out += '\\^'
    else if (kind === 'basic' && c === '$' && i < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(i + 1)))
      out += '\\$'
    // What closes nothing is meant as it is.
    else if (kind === 'extended' && c === ')' && !open) out += '\\)'
    // At the beginning there is nothing to repeat.
    else if (kind === 'extended' && c === '*' && (out === '' || /(?<!\\)[(|]$/.test(out))) continue
    else if (kind === 'extended' && c === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i))) out += '\\{'
    else {
      if (c === '(') open++
      if (c === ')') open--
      out += c
    }
  }
  try {
    return new RegExp(out, flags)
  } catch (error) {
    const { message } = error as Error
    const why = /Unterminated group/.test(message)
      ? 'Unmatched ( or \\('
      : /numbers out of order/.test(message)
        ? 'Invalid content of \\{\\}'
        : 'Invalid regular expression'
    throw new BadRegexp(why)
  }
}
