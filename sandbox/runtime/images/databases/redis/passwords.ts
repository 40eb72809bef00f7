/** AUTH: how a client of redis proves who it is. There is one user, `default`, and its password is `requirepass`. */
import type { Server } from './connected.ts'
import { wrongNumber } from './keyspace.ts'
import { error, ok, type Reply } from './protocol.ts'

/** Since then there are users, and a client that was let in stays so. */
const WITH_USERS = 6

export const NOT_AUTHENTICATED = error('NOAUTH Authentication required.')

const WRONG = error('WRONGPASS invalid username-password pair or user is disabled.')
const WRONG_BEFORE_USERS = error('ERR invalid password')
const NONE_SET = error(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
)
const NONE_SET_BEFORE_USERS = error('ERR Client sent AUTH, but no password is set')

export interface Gate {
  /** Whether the client may give commands now. */
  isOpen(): boolean
  /** AUTH with these arguments. */
  auth(args: readonly string[]): Reply
}

/** For a client that has just connected: it is let in where there is no password, and later ones are not asked of it. */
export function gate({ config, major }: Pick<Server, 'config' | 'major'>): Gate {
  const password = (): string => config.get('requirepass')
  const hasUsers = major >= WITH_USERS
  let known = hasUsers && !password()

  function check(args: readonly string[]): Reply {
    if (!args.length || (!hasUsers && args.length > 1)) return wrongNumber('auth')
    if (args.length > 2) return error('ERR syntax error')
    if (!password() && args.length === 1) return hasUsers ? NONE_SET : NONE_SET_BEFORE_USERS
    const [user, given] = args.length === 1 ? ['default', args[0]] : args
    if (user === 'default' && (!password() || given === password())) return ok
    return hasUsers ? WRONG : WRONG_BEFORE_USERS
  }

  return {
    isOpen: () => known || !password(),
    auth(args) {
      const said = check(args)
      if (said === ok) known = true
      if (said === WRONG_BEFORE_USERS) known = false
      return said
    },
  }
}
