/** The tables of users and groups in a container's /etc. */
import type { Process } from '../../processes/process.ts'

export const PASSWD = '/etc/passwd'
export const GROUP = '/etc/group'
export const SHADOW = '/etc/shadow'

/** The lines of a table, each taken apart; none where there is no such file. */
export const linesOf = ({ fs }: Process, file: string): string[][] =>
  fs.exists(file)
    ? fs
        .readFile(file)
        .split('\n')
        .filter(Boolean)
        .map(line => line.split(':'))
    : []

/** The line of a name or a number. */
export const find = (process: Process, file: string, name: string): string[] | undefined =>
  linesOf(process, file).find(([first, , id]) => first === name || id === name)

/** Who a line of a group lists. */
export const membersOf = ([, , , members = '']: readonly string[]): string[] => members.split(',').filter(Boolean)

/** The group that a user begins with, and those that list the user. */
export function groupsOf(process: Process, [user = '', , uid, gid = uid]: readonly string[]): number[] {
  const listing = linesOf(process, GROUP).filter(line => membersOf(line).includes(user))
  return [...new Set([Number(gid), ...listing.map(([, , id]) => Number(id))])]
}
