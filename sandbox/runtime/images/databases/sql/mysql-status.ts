/** What MySQL's clients tell of a server: one line of numbers, and `status` of the client. */
import { isMaria } from '../../../sql/mysql-lists.ts'
import type { Client } from './login.ts'

/** A time in the words of MySQL's clients: `1 day 2 hours 3 min 4 sec`. */
export function uptime(seconds: number): string {
  const [days, hours, minutes] = [86_400, 3600, 60].map(unit => Math.floor(seconds / unit)) as [number, number, number]
  const several = (n: number, what: string): string => (n ? `${n} ${what}${n > 1 ? 's' : ''} ` : '')
  const min = minutes ? `${minutes % 60} min ` : ''
  return `${several(days, 'day')}${several(hours % 24, 'hour')}${min}${seconds % 60} sec`
}

/** Numbers of the server, by name. */
export async function numbersOf(client: Client): Promise<(name: string) => number> {
  const rows = (await client.ask('SHOW GLOBAL STATUS'))?.found?.rows ?? []
  const all = new Map(rows.map(([name, value]) => [String(name), Number(value)]))
  return name => all.get(name) ?? 0
}

export function statistics(of: (name: string) => number): string {
  const perSecond = of('Uptime') ? of('Questions') / of('Uptime') : 0
  return `Threads: ${of('Threads_connected')}  Questions: ${of('Questions')}  Slow queries: ${of('Slow_queries')}  Opens: ${of('Opened_tables')}  Flush tables: ${of('Flush_commands')}  Open tables: ${of('Open_tables')}  Queries per second avg: ${perSecond.toFixed(3)}`
}

export const banner = (version: string, name: string): string =>
  isMaria(version)
    ? `${name}  Ver ${name === 'mariadb-admin' ? '10.0' : '15.1'} Distrib ${version}-MariaDB, for debian-linux-gnu (x86_64)`
    : `${name}  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)`

/** @param called by which name the client was started */
export async function statusOf(client: Client, called: string): Promise<string> {
  const [[user = '', database = null, socket = ''] = []] =
    (await client.ask('SELECT user(), database(), @@socket'))?.found?.rows ?? []
  const local = String(user).endsWith('@localhost')
  const of = await numbersOf(client)
  const maria = isMaria(client.version)
  return `--------------
${banner(client.version, called.split('/').pop()!)}

Connection id:\t\t${client.connection}
Current database:\t${database ?? ''}
Current user:\t\t${user}
SSL:\t\t\tNot in use
Current pager:\t\tstdout
Using outfile:\t\t''
Using delimiter:\t;
${maria ? 'Server:\t\t\tMariaDB\n' : ''}Server version:\t\t${client.version}${maria ? '-MariaDB mariadb.org binary distribution' : ' MySQL Community Server - GPL'}
Protocol version:\t10
Connection:\t\t${local ? 'Localhost via UNIX socket' : `${String(user).replace(/.*@/, '')} via TCP/IP`}
Server characterset:\tutf8mb4
Db     characterset:\tutf8mb4
Client characterset:\tlatin1
Conn.  characterset:\tlatin1
${local ? `UNIX socket:\t\t${socket}\n` : 'TCP port:\t\t3306\n'}${maria ? '' : 'Binary data as:\t\tHexadecimal\n'}Uptime:\t\t\t${uptime(of('Uptime'))}

${statistics(of)}
--------------

`
}
