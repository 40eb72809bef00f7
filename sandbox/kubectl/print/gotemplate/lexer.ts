/** Cuts a template into its tokens. */
import { TemplateError } from './tree.ts'

export interface Token {
  kind: 'text' | 'open' | 'close' | 'field' | 'variable' | 'word' | 'string' | 'char' | 'number' | 'sign' | 'space'
  text: string
  pos: number
}

const SIGNS = [':=', '=', '|', '(', ')', ',']

export class Lexer {
  readonly #input: string
  constructor(input: string) {
    this.#input = input
  }
  fail(pos: number, words: string): never {
    throw new TemplateError(`template: output:${this.#input.slice(0, pos).split('\n').length}: ${words}`)
  }

  tokens(): Token[] {
    const input = this.#input
    const out: Token[] = []
    let at = 0
    let trim = false
    for (;;) {
      const open = input.indexOf('{{', at)
      let text = input.slice(at, open < 0 ? undefined : open)
      if (trim) text = text.replace(/^[ \t\r\n]+/, '')
      if (open < 0) {
        if (text) out.push({ kind: 'text', text, pos: at })
        return out
      }
      const trimLeft = /^-[ \t\r\n]/.test(input.slice(open + 2, open + 4))
      if (trimLeft) text = text.replace(/[ \t\r\n]+$/, '')
      if (text) out.push({ kind: 'text', text, pos: at })
      at = open + 2 + (trimLeft ? 2 : 0)
      const comment = /^\/\*[\s\S]*?\*\/([ \t\r\n]+-)?\}\}/.exec(input.slice(at))
      if (comment) {
        at += comment[0].length
        trim = !!comment[1]
        continue
      }
      if (input.startsWith('/*', at)) this.fail(at, 'unclosed comment')
      out.push({ kind: 'open', text: '', pos: open + 2 })
      ;[at, trim] = this.#inside(at, out)
    }
  }

  #inside(from: number, out: Token[]): [number, boolean] {
    const input = this.#input
    let at = from
    let depth = 0
    for (;;) {
      const rest = input.slice(at)
      const close = /^(?:[ \t\r\n]+-)?\}\}/.exec(rest)
      if (close) {
        if (depth) this.fail(at, 'unclosed left paren')
        out.push({ kind: 'close', text: '', pos: at })
        return [at + close[0].length, close[0].includes('-')]
      }
      if (!rest) this.fail(at, 'unclosed action')
      const m =
        /^(?<space>[ \t\r\n]+)|^(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|^(?<variable>\$[\p{L}\p{N}_]*)|^(?<number>[-+]?(?:0[xX][\da-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+))|^(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|^(?<char>'(?:[^'\\\n]|\\.)+')|^(?<word>\.|[\p{L}_][\p{L}\p{N}_]*)/u.exec(
          rest,
        )
      if (m?.groups) {
        const [kind, text] = Object.entries(m.groups).find(([, v]) => v !== undefined)! as [Token['kind'], string]
        out.push({ kind, text, pos: at })
        at += text.length
        continue
      }
      const sign = SIGNS.find(s => rest.startsWith(s))
      if (!sign) {
        if (rest[0] === '"') this.fail(at, 'unterminated quoted string')
        if (rest[0] === '`') this.fail(at, 'unterminated raw quoted string')
        if (rest[0] === ':') this.fail(at, 'expected :=')
        this.fail(
          at,
          `unexpected ${rest.startsWith('}') ? '"}"' : JSON.stringify(rest[0])} in ${rest.startsWith('}') ? 'operand' : 'command'}`,
        )
      }
      if (sign === '(') depth++
      if (sign === ')' && --depth < 0) this.fail(at, 'unexpected right paren')
      out.push({ kind: 'sign', text: sign!, pos: at })
      at += sign!.length
    }
  }
}
