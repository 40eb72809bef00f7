/** The words of an awk program. */
import type { Flavour } from '../command.ts'
import { unescapeText } from '../scripting/text.ts'

export interface Token {
  type: 'number' | 'string' | 'regexp' | 'name' | 'function' | 'builtin' | 'word' | 'sign' | 'newline' | 'end'
  text: string
  line: number
}

/** What is wrong with a program, and on which line. */
export class AwkSyntaxError extends Error {
  readonly line: number
  readonly near: string
  constructor(message: string, line: number, near: string) {
    super(message)
    this.line = line
    this.near = near
  }
}

const WORDS: ReadonlySet<string> = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
)

const BUILTINS: ReadonlySet<string> = new Set(
  'length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush systime strftime mktime'.split(
    ' ',
  ),
)

const SIGNS = /(?:\*\*=|\*\*|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|\+\+|--|&&|\|\||>>|!~|[{}()[\];,+\-*/%^!><|?:~$=])/y
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y
const NAME = /[A-Za-z_]\w*/y
const SPACE = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y

/** After these a slash divides; after all else it begins a regular expression. */
const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (['number', 'string', 'regexp', 'name', 'builtin'].includes(token.type) ||
    (token.type === 'sign' && [')', ']', '$', '++', '--'].includes(token.text)))

/** Functions that only busybox has. */
const OF_BUSYBOX: ReadonlySet<string> = new Set(['gensub', 'and', 'or', 'xor', 'lshift', 'rshift', 'compl'])

export function tokens(source: string, flavour: Flavour): Token[] {
  const found: Token[] = []
  let at = 0
  let line = 1
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text) {
      at += text.length
      line += text.split('\n').length - 1
    }
    return text
  }
  const put = (type: Token['type'], text: string): void => {
    found.push({ type, text, line })
  }
  while (at < source.length) {
    if (take(SPACE)) continue
    const c = source[at]!
    if (c === '\n') {
      put('newline', '\n')
      at++
      line++
    } else if (c === '"') put('string', quoted())
    else if (c === '/' && !endsOperand(found.at(-1))) put('regexp', slashed())
    else {
      const number = take(NUMBER)
      const name = number === undefined ? take(NAME) : undefined
      if (number !== undefined) put('number', number)
      else if (name !== undefined)
        put(
          WORDS.has(name)
            ? 'word'
            : BUILTINS.has(name) || (flavour === 'busybox' && OF_BUSYBOX.has(name))
              ? 'builtin'
              : source[at] === '('
                ? 'function'
                : 'name',
          name === 'func' ? 'function' : name,
        )
      else {
        const sign = take(SIGNS)
        if (!sign) throw new AwkSyntaxError('Unexpected token', line, c)
        put('sign', sign === '**' ? '^' : sign === '**=' ? '^=' : sign)
      }
    }
  }
  put('newline', '\n')
  put('end', '')
  return found

  function quoted(): string {
    const from = ++at
    while (source[at] !== '"') {
      if (at >= source.length || source[at] === '\n') throw new AwkSyntaxError('Unexpected end of string', line, '"')
      at += source[at] === '\\' ? 2 : 1
    }
    return unescapeText(source.slice(from, at++).replaceAll('\\/', '/').replaceAll('\\\n', ''), false).text
  }

  function slashed(): string {
    const from = ++at
    for (let inBrackets = false; source[at] !== '/' || inBrackets; at++) {
      if (at >= source.length || source[at] === '\n') throw new AwkSyntaxError('Unexpected end of string', line, '/')
      if (source[at] === '\\') at++
      else if (source[at] === '[' && !inBrackets) {
        inBrackets = true
        if (source[at + 1] === '^') at++
        if (source[at + 1] === ']') at++
      } else if (source[at] === ']') inBrackets = false
    }
    return source.slice(from, at++).replaceAll('\\/', '/')
  }
}
