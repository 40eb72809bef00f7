/** Character classes of Go's regular expressions, tested by JavaScript one character at a time. */

/** Code points, from and to. */
type Ranges = readonly (readonly [from: number, to: number])[]
export type Accepts = (code: number) => boolean

const LAST = 0x10ffff

const rangesOf = (text: string): Ranges =>
  Array.from(text.matchAll(/(.)-(.)|(.)/gsu), ([, from, to, alone]) => [
    (from ?? alone)!.codePointAt(0)!,
    (to ?? alone)!.codePointAt(0)!,
  ])

const POSIX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alnum: '0-9A-Za-z',
    alpha: 'A-Za-z',
    ascii: '\x00-\x7f',
    blank: '\t ',
    cntrl: '\x00-\x1f\x7f',
    digit: '0-9',
    graph: '!-~',
    lower: 'a-z',
    print: ' -~',
    punct: '!-/:-@[-`{-~',
    space: '\t\n\v\f\r ',
    upper: 'A-Z',
    word: '0-9A-Z_a-z',
    xdigit: '0-9A-Fa-f',
  }),
)
/** Of ASCII only, in Go. */
const PERL: Readonly<Record<string, string>> = { d: '0-9', s: '\t\n\f\r ', w: '0-9A-Z_a-z' }

/** All others; what is given is in order. */
function others(ranges: Ranges): Ranges {
  const made: [number, number][] = []
  let next = 0
  for (const [from, to] of ranges) {
    if (from > next) made.push([next, from - 1])
    next = to + 1
  }
  return next > LAST ? made : [...made, [next, LAST]]
}

const escaped = (code: number): string => `\\u{${code.toString(16)}}`
/** As it is written within brackets in JavaScript. */
export const written = (from: number, to: number): string =>
  from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`

const named = (text: string | undefined, negated: boolean): string | undefined => {
  if (text === undefined) return undefined
  const ranges = rangesOf(text)
  return (negated ? others(ranges) : ranges).map(range => written(...range)).join('')
}

/** `alpha`, `^alpha`. */
export const posixClass = (name: string): string | undefined =>
  named(POSIX.get(name.replace(/^\^/, '')), name.startsWith('^'))

/** `d`, `D`. */
export const perlClass = (letter: string): string | undefined => {
  const lower = letter.toLowerCase()
  return named(PERL[lower], letter !== lower)
}

/** A general category or a script. */
export function unicodeClass(name: string, negated: boolean): string | undefined {
  const letter = negated ? 'P' : 'p'
  const all = name === 'Any' ? [name] : [`General_Category=${name}`, `Script=${name}`]
  return all.map(property => `\\${letter}{${property}}`).find(isKnown)
}

function isKnown(property: string): boolean {
  try {
    return new RegExp(property, 'u') !== undefined
  } catch {
    return false
  }
}

const ASCII = 128

/** @param content of the brackets, as JavaScript writes it */
export function accepting(content: string, anyCase: boolean): Accepts {
  const one = new RegExp(`^[${content}]$`, anyCase ? 'iu' : 'u')
  const known = Array.from({ length: ASCII }, (_, code) => one.test(String.fromCharCode(code)))
  return code => (code < ASCII ? known[code]! : one.test(String.fromCodePoint(code)))
}
