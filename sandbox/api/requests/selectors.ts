/** Label and field selectors: as written in a URL, and as objects hold them. */

import { isLonger } from '../formats/text-length.ts'
import { badRequest } from '../status.ts'

type Labels = Readonly<Record<string, string>> | undefined

/** One requirement of a selector. Values are sorted where Kubernetes keeps a set. */
export interface Requirement {
  key: string
  operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<'
  values: readonly string[]
}

/** metav1.LabelSelector. */
export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[]
}

const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

/**
 * What is wrong with the key of a label, a taint or their likes.
 * @param called what it should be, in words
 */
export function keyFault(key: string, called = 'qualified name'): string | undefined {
  const parts = key.split('/')
  if (parts.length > 2)
    return `a ${called} must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`
  const name = parts.at(-1)!
  const faults: string[] = []
  if (parts.length === 2) {
    if (!parts[0]) faults.push('prefix part must be non-empty')
    else if (isLonger(parts[0], 253)) faults.push('prefix part must be no more than 253 bytes')
    if (parts[0] && !DNS_SUBDOMAIN.test(parts[0])) faults.push(`prefix part ${SUBDOMAIN_RULE}`)
  }
  if (!name) faults.push('name part must be non-empty')
  else if (isLonger(name, 63)) faults.push('name part must be no more than 63 bytes')
  if (!LABEL_NAME.test(name)) faults.push(NAME_RULE)
  return faults.length ? faults.join('; ') : undefined
}

/** What is wrong with the value of a label or a taint. */
export function labelValueFault(value: string): string | undefined {
  const faults: string[] = []
  if (isLonger(value, 63)) faults.push('must be no more than 63 bytes')
  if (value && !LABEL_NAME.test(value)) faults.push(VALUE_RULE)
  return faults.length ? faults.join('; ') : undefined
}

/** Words of the selector language: symbols, and anything else up to white space or a symbol. */
function lex(text: string): string[] {
  const tokens: string[] = []
  const pattern = /\s*(?:(==|!=|[()=,!<>])|([^\s()=,!<>]+))/y
  let end = 0
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    tokens.push((m[1] ?? m[2])!)
    end = pattern.lastIndex
  }
  if (text.slice(end).trim()) tokens.push(text.slice(end).trim())
  return tokens
}

const SYMBOLS = new Set(['==', '!=', '(', ')', '=', ',', '!', '<', '>'])
const isWord = (token: string | undefined): token is string => token !== undefined && !SYMBOLS.has(token)

class SelectorSyntax extends Error {}

class Parser {
  readonly #tokens: string[]
  #at = 0
  constructor(text: string) {
    this.#tokens = lex(text)
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = []
    if (this.#peek() === undefined) return requirements
    for (;;) {
      const token = this.#peek()
      if (token !== '!' && !isWord(token)) {
        throw new SelectorSyntax(`found '${token ?? ''}', expected: !, identifier, or 'end of string'`)
      }
      requirements.push(this.#within())
      const next = this.#next()
      if (next === undefined) return requirements
      if (next !== ',') throw new SelectorSyntax(`found '${next}', expected: ',' or 'end of string'`)
      const after = this.#peek()
      if (after !== '!' && !isWord(after))
        throw new SelectorSyntax(`found '${after ?? ''}', expected: identifier after ','`)
    }
  }

  /** What is wrong inside a requirement is said with these words in front; what is wrong between two is not. */
  #within(): Requirement {
    try {
      return this.#requirement()
    } catch (error) {
      if (error instanceof SelectorSyntax) throw new SelectorSyntax(`unable to parse requirement: ${error.message}`)
      throw error
    }
  }

  #requirement(): Requirement {
    const negated = this.#peek() === '!'
    if (negated) this.#next()
    const key = this.#next()
    if (!isWord(key)) throw new SelectorSyntax(`found '${key ?? ''}', expected: identifier`)
    const fault = keyFault(key, 'valid label key')
    if (fault) throw new SelectorSyntax(`<nil>: Invalid value: ${JSON.stringify(key)}: ${fault}`)
    const next = this.#peek()
    if (negated || next === undefined || next === ',') {
      return { key, operator: negated ? '!' : 'exists', values: [] }
    }
    this.#next()
    switch (next) {
      case '=':
      case '==':
      case '!=':
        return checked({ key, operator: next === '!=' ? '!=' : '=', values: [this.#value()] })
      case '>':
      case '<': {
        const value = this.#value()
        if (!isInt64(value)) {
          throw new SelectorSyntax(
            `values[0]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
          )
        }
        return { key, operator: next, values: [value] }
      }
      case 'in':
      case 'notin':
        return checked({ key, operator: next, values: this.#set() })
      default:
        throw new SelectorSyntax(`found '${next}', expected: in, notin, =, ==, !=, gt, lt`)
    }
  }

  #value(): string {
    const token = this.#peek()
    if (token === undefined || token === ',') return ''
    this.#next()
    if (!isWord(token)) throw new SelectorSyntax(`found '${token}', expected: identifier`)
    return token
  }

  #set(): string[] {
    const open = this.#next()
    if (open !== '(') throw new SelectorSyntax(`found '${open ?? ''}' expected: '('`)
    const values = new Set<string>()
    const first = this.#peek()
    if (first === ')') values.add('')
    else if (first !== ',' && !isWord(first))
      throw new SelectorSyntax(`found '${first ?? ''}', expected: ',', ')' or identifier`)
    for (let token = this.#next(); token !== ')'; token = this.#next()) {
      const after = this.#peek()
      if (token === ',') {
        // Nothing before the first comma, between two, or behind the last is the empty value.
        if (!values.size || after === ',' || after === ')') values.add('')
      } else if (!isWord(token)) {
        throw new SelectorSyntax(`found '${token ?? ''}', expected: ',', or identifier`)
      } else {
        values.add(token)
        if (after !== ',' && after !== ')') throw new SelectorSyntax(`found '${after ?? ''}', expected: ',' or ')'`)
      }
    }
    return [...values].sort()
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }
  #next(): string | undefined {
    return this.#tokens[this.#at++]
  }
}

const isInt64 = (text: string): boolean =>
  /^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))

function checked(r: Requirement): Requirement {
  r.values.forEach((value, i) => {
    const fault = labelValueFault(value)
    if (fault) throw new SelectorSyntax(`values[${i}][${r.key}]: Invalid value: ${JSON.stringify(value)}: ${fault}`)
  })
  return r
}

/** @throws BadRequest in the server's words */
export function parseLabelSelector(text: string): Requirement[] {
  try {
    return new Parser(text).parse()
  } catch (error) {
    if (error instanceof SelectorSyntax) throw badRequest(error.message)
    throw error
  }
}

const OPERATORS: Record<string, Requirement['operator']> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
}

/** Requirements of a metav1.LabelSelector; undefined selects nothing, an empty one everything. */
export function requirementsOf(selector: LabelSelector | undefined): Requirement[] | undefined {
  if (!selector) return undefined
  const requirements: Requirement[] = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: '=',
    values: [value],
  }))
  for (const e of selector.matchExpressions ?? []) {
    requirements.push({ key: e.key, operator: OPERATORS[e.operator]!, values: e.values ?? [] })
  }
  return requirements
}

function satisfies(r: Requirement, labels: Labels): boolean {
  const value = labels && Object.hasOwn(labels, r.key) ? labels[r.key] : undefined
  switch (r.operator) {
    case '=':
      return value === r.values[0]
    case '!=':
      return value !== r.values[0]
    case 'in':
      return value !== undefined && r.values.includes(value)
    case 'notin':
      return value === undefined || !r.values.includes(value)
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    default: {
      if (value === undefined || !/^[-+]?\d+$/.test(value)) return false
      const a = Number(value)
      const b = Number(r.values[0])
      return r.operator === '>' ? a > b : a < b
    }
  }
}

export function matches(requirements: readonly Requirement[], labels: Labels): boolean {
  for (let i = 0; i < requirements.length; i++) if (!satisfies(requirements[i]!, labels)) return false
  return true
}

/** Whether a metav1.LabelSelector selects these labels. */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  const requirements = requirementsOf(selector)
  return requirements !== undefined && matches(requirements, labels)
}

export interface FieldRequirement {
  field: string
  negated: boolean
  value: string
}

/** `a=b,c!=d`; backslash escapes a comma, an equals sign or itself. @throws BadRequest */
export function parseFieldSelector(text: string): FieldRequirement[] {
  const terms: string[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === ',') {
      terms.push(text.slice(start, i))
      start = i + 1
    }
  }
  terms.push(text.slice(start))
  const given = terms.filter(Boolean).sort()
  return given.map(term => {
    const m = /^(.*?)(!=|==|=)(.*)$/s.exec(term)
    if (!m) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    return { field: m[1]!, negated: m[2] === '!=', value: unescaped(m[3]!) }
  })
}

function unescaped(text: string): string {
  return text.replace(/\\(.?)|[,=]/gs, (m, escaped: string | undefined) => {
    if (escaped !== undefined && '\\,='.includes(escaped) && escaped) return escaped
    // The real server prints the character's number.
    const why =
      escaped === undefined ? `unescaped character in value: ${m.codePointAt(0)}` : `invalid escape sequence: ${m}`
    throw badRequest(`invalid field selector: ${why}`)
  })
}

/** A label selector as text, the way `kubectl describe` and status.selector print it. */
export function formatSelector(selector: LabelSelector | undefined): string {
  if (!selector) return '<none>'
  const parts = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => ({ k, text: `${k}=${v}` }))
  for (const e of selector.matchExpressions ?? []) {
    const values = [...(e.values ?? [])].sort().join(',')
    const text =
      e.operator === 'In'
        ? `${e.key} in (${values})`
        : e.operator === 'NotIn'
          ? `${e.key} notin (${values})`
          : e.operator === 'Exists'
            ? e.key
            : `!${e.key}`
    parts.push({ k: e.key, text })
  }
  parts.sort((a, b) => (a.k < b.k ? -1 : a.k > b.k ? 1 : 0))
  return parts.map(p => p.text).join(',')
}
