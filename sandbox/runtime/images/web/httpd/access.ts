/** Who may have a page: Require and its containers, order, allow and deny, users with passwords. */
import { isErrno } from '../../../errno.ts'
import { isPassword } from '../passwords.ts'
import { contains, isAddress } from './addresses.ts'
import type { Exchange } from './exchange.ts'
import type { Scope } from './scope.ts'
import { at, type Directive, words } from './syntax.ts'

/** `neutral`: it neither lets in nor keeps out; `who`: it depends on who asks, and nobody has said yet. */
type Verdict = 'granted' | 'denied' | 'neutral' | 'who'

export type Rule = (x: Exchange) => Verdict

const yes = (holds: boolean): Verdict => (holds ? 'granted' : 'denied')

const LOCAL = ['127.0.0.0/8', '::1']

/** `Require …` @throws ConfigError */
export function requirement(d: Directive): Rule {
  const [first = '', ...rest] = words(d.args)
  const not = first.toLowerCase() === 'not'
  const [provider = '', ...args] = not ? rest : [first, ...rest]
  const rule = provided(d, provider.toLowerCase(), args)
  if (!not) return rule
  return x => {
    const verdict = rule(x)
    return verdict === 'granted' ? 'denied' : verdict === 'denied' ? 'neutral' : verdict
  }
}

function provided(d: Directive, provider: string, args: readonly string[]): Rule {
  switch (provider) {
    case 'all': {
      const [what = ''] = args
      if (!/^(granted|denied)$/i.test(what)) throw at(d, "Argument for 'Require all' must be 'granted' or 'denied'")
      return () => yes(what.toLowerCase() === 'granted')
    }
    case 'ip': {
      if (!args.length) throw at(d, "'require ip' requires an argument")
      for (const one of args) if (!isAddress(one)) throw at(d, `ip address '${one}' appears to be invalid`)
      return x => yes(args.some(range => contains(range, x.ip)))
    }
    case 'local':
      return x => yes(LOCAL.some(range => contains(range, x.ip)) || x.process.net.ips.includes(x.ip))
    case 'host':
    case 'forward-dns':
      return x =>
        yes(
          args.some(name => {
            const ips = x.process.net.resolve(name, 'A')
            return Array.isArray(ips) && ips.includes(x.ip)
          }),
        )
    case 'env':
      return x => yes(args.some(name => x.env.has(name)))
    case 'method':
      return x => yes(args.includes(x.method))
    case 'valid-user':
      return x => (x.user === undefined ? 'who' : 'granted')
    case 'user':
      return x => (x.user === undefined ? 'who' : yes(args.includes(x.user)))
    case 'group':
      return x => (x.user === undefined ? 'who' : yes(groupsOf(x, x.user).some(group => args.includes(group))))
    case 'expr':
      throw at(d, "'Require expr' is not simulated")
    default:
      throw at(d, `Unknown Authz provider: ${provider}`)
  }
}

function groupsOf({ process, scope }: Exchange, user: string): string[] {
  if (!scope.groups || !process.fs.exists(scope.groups)) return []
  return process.fs
    .readFile(scope.groups)
    .split('\n')
    .flatMap(line => {
      const [name = '', members = ''] = line.split(':')
      return members.split(/\s+/).includes(user) ? [name] : []
    })
}

export const all =
  (rules: readonly Rule[]): Rule =>
  x => {
    const verdicts = rules.map(rule => rule(x))
    if (verdicts.includes('denied')) return 'denied'
    if (verdicts.includes('who')) return 'who'
    return verdicts.includes('granted') ? 'granted' : 'neutral'
  }

export const any =
  (rules: readonly Rule[]): Rule =>
  x => {
    const verdicts = rules.map(rule => rule(x))
    if (verdicts.includes('granted')) return 'granted'
    if (verdicts.includes('who')) return 'who'
    return verdicts.includes('denied') ? 'denied' : 'neutral'
  }

export const none =
  (rules: readonly Rule[]): Rule =>
  x => {
    const verdict = any(rules)(x)
    return verdict === 'granted' ? 'denied' : verdict === 'denied' ? 'neutral' : verdict
  }

/** Order, allow and deny, as old configurations have them. */
export interface Old {
  allowFirst: boolean
  allow: readonly string[]
  deny: readonly string[]
}

function fitsOld(x: Exchange, list: readonly string[]): boolean {
  return list.some(one => {
    const [, variable] = /^env=(.+)$/i.exec(one) ?? []
    if (variable) return variable.startsWith('!') ? !x.env.has(variable.slice(1)) : x.env.has(variable)
    if (/^all$/i.test(one)) return true
    if (isAddress(one)) return contains(one, x.ip)
    const ips = x.process.net.resolve(one, 'A')
    return Array.isArray(ips) && ips.includes(x.ip)
  })
}

const refusedByOld = (x: Exchange, { allowFirst, allow, deny }: Old): boolean =>
  allowFirst ? !fitsOld(x, allow) || fitsOld(x, deny) : fitsOld(x, deny) && !fitsOld(x, allow)

/** 401 with what is to be asked for; undefined: it is not refused. */
export type Refusal = { status: 401 | 403 | 500; realm?: string }

export function refusalOf(x: Exchange): Refusal | undefined {
  const { scope } = x
  const byAddress = scope.old && refusedByOld(x, scope.old)
  if (scope.satisfyAny && scope.old && !byAddress) return undefined
  if (byAddress) {
    x.note('access_compat', 'error', `AH01797: client denied by server configuration: ${x.filename || x.uri}`)
    if (!(scope.satisfyAny && asksWho(x))) return { status: 403 }
  }
  const { require } = scope
  if (!require) return undefined
  let verdict = require(x)
  if (verdict === 'who') {
    const unknown = authenticate(x, scope)
    if (unknown) return unknown
    verdict = require(x)
    if (verdict === 'granted') return undefined
    x.note('authz_core', 'error', `AH01631: user ${x.user}: authorization failure for "${x.uri}": `)
    return { status: 401, realm: scope.authName ?? '' }
  }
  if (verdict === 'granted') return undefined
  x.note('authz_core', 'error', `AH01630: client denied by server configuration: ${x.filename || x.uri}`)
  return { status: 403 }
}

const asksWho = (x: Exchange): boolean => x.scope.require?.(x) === 'who'

function authenticate(x: Exchange, scope: Scope): Refusal | undefined {
  const { authName: realm, users } = scope
  if (!scope.authType || /^none$/i.test(scope.authType)) {
    x.note(
      'core',
      'error',
      `AH00027: No authentication done but request not allowed without authentication for ${x.uri}. Authentication not configured?`,
    )
    return { status: 500 }
  }
  if (realm === undefined) {
    x.note('auth_basic', 'error', `AH01615: need AuthName: ${x.uri}`)
    return { status: 500 }
  }
  const refused: Refusal = { status: 401, realm }
  const [, code] = /^Basic\s+(\S+)$/i.exec(x.headers.get('authorization') ?? '') ?? []
  const [, user, password] = /^([^:]*):(.*)$/s.exec(code ? decoded(code) : '') ?? []
  if (user === undefined || password === undefined) return refused
  x.claimed = user
  let text: string
  try {
    if (users === undefined) {
      x.note('authn_file', 'error', 'AH01619: AuthUserFile not specified in the configuration')
      return { status: 500 }
    }
    text = x.process.fs.readFile(users)
  } catch (error) {
    if (!isErrno(error)) throw error
    x.note('authn_file', 'error', `AH01620: Could not open password file: ${users}`, { number: numbered(error) })
    return { status: 500 }
  }
  const kept = text
    .split('\n')
    .map(line => line.trim().split(':'))
    .find(([name]) => name === user)?.[1]
  if (kept === undefined) {
    x.note('auth_basic', 'error', `AH01618: user ${user} not found: ${x.uri}`)
    return refused
  }
  const right = isPassword(password, kept)
  if (right === undefined) {
    x.note('auth_basic', 'crit', `passwords of the sort ${kept.slice(0, 3)} are not simulated`)
    return { status: 500 }
  }
  if (!right) {
    x.note('auth_basic', 'error', `AH01617: user ${user}: authentication failure for "${x.uri}": Password Mismatch`)
    return refused
  }
  x.user = user
  return undefined
}

/** `(13)Permission denied`, as Apache puts an error of the system before its own words. */
export const numbered = ({ code, message }: { code: string; message: string }): string =>
  `(${{ ENOENT: 2, EACCES: 13, ENOTDIR: 20, EISDIR: 21 }[code] ?? 5})${message}`

function decoded(code: string): string {
  try {
    return atob(code)
  } catch {
    return ''
  }
}
