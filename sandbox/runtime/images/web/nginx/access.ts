/** Who may have a page: allow and deny, and users with passwords. */
import { isErrno } from '../../../errno.ts'
import { isPassword } from '../passwords.ts'
import { contains } from './addresses.ts'
import type { Exchange } from './exchange.ts'
import { openFailure } from './failures.ts'
import type { Scope } from './scope.ts'

/** Why it is refused: 403, 401 with what is to be asked for; undefined: it is not. */
export interface Refusal {
  page: 401 | 403 | 500
  realm?: string
}

export function refusalOf(x: Exchange): Refusal | undefined {
  const { except } = x.scope
  const scope = except && !except.methods.includes(x.method) ? except.scope : x.scope
  const byRule = deniedByRule(x, scope)
  if (scope.satisfyAny && scope.realm && !byRule && scope.rules.length) return undefined
  const byUser = scope.realm && authenticate(x, scope, scope.realm.of(x))
  if (scope.satisfyAny && scope.realm) return byUser
  if (byRule) {
    x.note('error', 'access forbidden by rule')
    return byRule
  }
  return byUser
}

function deniedByRule(x: Exchange, { rules }: Scope): Refusal | undefined {
  const rule = rules.find(({ from }) => contains(from, x.request.remote.ip))
  return rule && !rule.allow ? { page: 403 } : undefined
}

function authenticate(x: Exchange, { users }: Scope, realm: string): Refusal | undefined {
  x.once = true
  const [, code] = /^Basic\s+(\S+)$/i.exec(x.request.headers.get('authorization') ?? '') ?? []
  const [, user, password] = /^([^:]*):(.*)$/s.exec(code ? decoded(code) : '') ?? []
  if (user === undefined || password === undefined) return { page: 401, realm }
  const path = users?.of(x) ?? ''
  let text: string
  try {
    text = x.process.fs.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    x.note('error', openFailure(path, error))
    return { page: error.code === 'ENOENT' ? 403 : 500 }
  }
  const kept = text
    .split('\n')
    .map(line => line.split(':'))
    .find(([name]) => name === user)?.[1]
  if (kept === undefined) {
    x.note('error', `user "${user}" was not found in "${path}"`)
    return { page: 401, realm }
  }
  const right = isPassword(password, kept.trim())
  if (right === undefined) {
    x.note('crit', `passwords of the sort ${kept.slice(0, 3)} are not simulated`)
    return { page: 500 }
  }
  if (!right) {
    x.note('error', `user "${user}": password mismatch`)
    return { page: 401, realm }
  }
  x.user = user
  return undefined
}

function decoded(code: string): string {
  try {
    return atob(code)
  } catch {
    return ''
  }
}
