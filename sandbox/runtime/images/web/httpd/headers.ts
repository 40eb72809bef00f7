/** Header, RequestHeader, SetEnv, SetEnvIf and their likes. */
import type { Exchange } from './exchange.ts'
import { patternOf } from './redirects.ts'
import { at, type Directive, words } from './syntax.ts'

const ACTIONS = ['add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', 'edit*'] as const

export interface HeaderRule {
  action: (typeof ACTIONS)[number]
  name: string
  value: (x: Exchange) => string
  /** Of `edit`. */
  edit?: { from: RegExp; to: string }
  /** `Header always`: of answers that are errors too. */
  always: boolean
  when: (x: Exchange) => boolean
}

/** `Header [always|onsuccess] action name [value [replacement]] [early|env=…]` @throws ConfigError */
export function headerRule(d: Directive): HeaderRule {
  const request = /^requestheader$/i.test(d.name)
  const list = words(d.args)
  const always = !request && /^always$/i.test(list[0] ?? '')
  if (!request && /^(always|onsuccess)$/i.test(list[0] ?? '')) list.shift()
  const [said = '', header = '', ...rest] = list
  const action = said.toLowerCase() as HeaderRule['action']
  const known: readonly string[] = ACTIONS
  if (!known.includes(action))
    throw at(
      d,
      list.length < 2 && !request
        ? `${d.name} requires three arguments`
        : `first argument must be ${known
            .slice(0, -1)
            .map(one => `'${one}'`)
            .join(', ')}, or '${known.at(-1)}'.`,
    )
  if (!header) throw at(d, `${d.name} requires three arguments`)
  if (action === 'echo' || action === 'note') throw at(d, `${d.name} ${action} is not simulated`)
  const condition = /^(env=|expr=|early$)/i.test(rest.at(-1) ?? '') ? rest.pop()! : undefined
  if (condition?.startsWith('expr=')) throw at(d, `'expr=' of ${d.name} is not simulated`)
  if (action !== 'unset' && rest[0] === undefined) throw at(d, `${d.name} requires three arguments`)
  if (action === 'unset' && rest.length) throw at(d, `Unknown parameter: ${rest[0]}`)
  const edits = action.startsWith('edit')
  if (edits && rest[1] === undefined) throw at(d, 'Header edit requires a match and a substitution')
  return {
    action,
    name: header.replace(/:$/, ''),
    value: edits ? () => '' : formatted(d, rest[0] ?? ''),
    ...(edits && {
      edit: {
        from: patternOf(d, rest[0]!, 'Header edit regex could not be compiled', false, action === 'edit*' ? 'g' : ''),
        to: rest[1]!.replace(/\\(\d)/g, '$$$1'),
      },
    }),
    always,
    when: onlyIf(condition?.replace(/^env=/i, '')),
  }
}

/** @param name of a variable; with `!` it must not be there */
export const onlyIf =
  (name: string | undefined): ((x: Exchange) => boolean) =>
  ({ env }) => {
    if (name === undefined || name === 'early') return true
    const [, not, wanted = '', value] = /^(!?)([^=]+)(?:=(.*))?$/.exec(name) ?? []
    return (value === undefined ? env.has(wanted) : env.get(wanted) === value) !== Boolean(not)
  }

/** The value of a header: `%t`, `%D`, `%{NAME}e`, `%%`. */
function formatted(d: Directive, text: string): (x: Exchange) => string {
  if (!text.includes('%')) return () => text
  const pieces = text.split(/(%\{[^}]*\}[a-z]|%.)/i).filter(Boolean)
  for (const piece of pieces)
    if (/^%/.test(piece) && !/^%(%|t|D|\{[^}]*\}[es])$/.test(piece))
      throw at(d, `Unrecognized header format %${piece.slice(1)}`)
  return x =>
    pieces
      .map(piece => {
        if (piece === '%%') return '%'
        if (piece === '%t') return `t=${x.started * 1000}`
        if (piece === '%D') return `D=${(x.process.clock.now() - x.started) * 1000}`
        const [, name, sort] = /^%\{(.*)\}(.)$/.exec(piece) ?? []
        return name === undefined ? piece : sort === 'e' ? (x.env.get(name) ?? '(null)') : '(null)'
      })
      .join('')
}

type Headers = [name: string, value: string][]

export function applyHeaders(rules: readonly HeaderRule[], headers: Headers, x: Exchange): void {
  for (const rule of rules) {
    if (!rule.when(x)) continue
    const key = rule.name.toLowerCase()
    const mine = headers.filter(([name]) => name.toLowerCase() === key)
    const first = mine[0]
    const drop = (): void => {
      for (const one of mine) headers.splice(headers.indexOf(one), 1)
    }
    if (rule.action === 'unset') drop()
    else if (rule.action === 'add') headers.push([rule.name, rule.value(x)])
    else if (rule.edit) {
      const { from, to } = rule.edit
      drop()
      for (const [name, value] of mine) headers.push([name, value.replace(from, to)])
    } else if (rule.action === 'set') {
      drop()
      headers.push([rule.name, rule.value(x)])
    } else if (!first) headers.push([rule.name, rule.value(x)])
    else if (
      rule.action === 'append' ||
      (rule.action === 'merge' && !first[1].split(/\s*,\s*/).includes(rule.value(x)))
    )
      first[1] += `, ${rule.value(x)}`
  }
}

/** What an environment rule does before a request is looked at further. */
export type EnvRule = (x: Exchange) => void

/** `SetEnvIf attribute regex name[=value] …`; BrowserMatch has no attribute. @throws ConfigError */
export function envRule(d: Directive): EnvRule {
  const browser = /^browser/i.test(d.name)
  const insensitive = /nocase$/i.test(d.name)
  const list = words(d.args)
  const attribute = browser ? 'User-Agent' : list.shift()
  if (!attribute) throw at(d, `Missing attribute for ${d.name}`)
  const [pattern, ...variables] = list
  if (pattern === undefined) throw at(d, `Missing regular expression for ${d.name}`)
  if (!variables.length) throw at(d, `Missing envariable expression for ${d.name}`)
  const from = patternOf(d, pattern, `${d.name} regex could not be compiled.`, insensitive)
  return x => {
    const match = from.exec(attributeOf(x, attribute))
    if (!match) return
    for (const variable of variables) {
      const [name = '', value] = variable.split(/=(.*)/s)
      if (name.startsWith('!')) x.env.delete(name.slice(1))
      else
        x.env.set(
          name,
          (value ?? '1').replace(/\$(\d)/g, (_, n: string) => match[Number(n)] ?? ''),
        )
    }
  }
}

function attributeOf(x: Exchange, name: string): string {
  switch (name.toLowerCase()) {
    case 'request_uri':
      return x.uri
    case 'request_method':
      return x.method
    case 'request_protocol':
      return 'HTTP/1.1'
    case 'remote_addr':
    case 'remote_host':
      return x.ip
    case 'server_addr':
      return x.process.net.ips[0] ?? ''
    default:
      return x.headers.get(name.toLowerCase()) ?? x.env.get(name) ?? ''
  }
}
