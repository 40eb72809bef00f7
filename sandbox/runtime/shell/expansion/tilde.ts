/** `~`: whose home it stands for. */
import { linesOf, PASSWD } from '../../commands/users/user-tables.ts'
import type { Shell } from '../shell.ts'

export const homeOf = (shell: Shell, user: string): string | undefined => {
  if (!user) return shell.get('HOME') ?? (shell.dialect.name === 'bash' ? homeInPasswd(shell) : undefined)
  if (user === '+') return shell.get('PWD')
  if (user === '-') return shell.get('OLDPWD')
  return linesOf(shell.process, PASSWD).find(([name]) => name === user)?.[5]
}

/** What the table of users says of the one who runs the shell. */
const homeInPasswd = (shell: Shell): string | undefined =>
  linesOf(shell.process, PASSWD).find(user => user[2] === String(shell.process.uid))?.[5]

/** Tildes after the colons of an assignment's value, as in `PATH=~/bin:~/tools`. */
export function withHomes(shell: Shell, text: string): string {
  return text.replace(/:~([^/:'"\\$`]*)(?=\/|:|$)/g, (whole, user: string) => {
    const home = homeOf(shell, user)
    return home === undefined ? whole : `:${home}`
  })
}
