/** What redis logs when it begins, and how its lines look, in the words of its version. */
import type { Process } from '../../../processes/process.ts'

/** Who writes: a process that becomes a server, a master, or a replica. */
type Role = 'C' | 'M' | 'S'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function logger(process: Process, major: number, present: () => Role): (text: string, role?: Role) => void {
  return (text, role = present()) => {
    const d = new Date(process.clock.now())
    const day = `${String(d.getUTCDate()).padStart(2, '0')} ${MONTHS[d.getUTCMonth()]}`
    const time = d.toISOString().slice(11, 23)
    const head =
      major < 3
        ? `[${process.pid}] ${day} ${time}`
        : `${process.pid}:${role} ${day} ${major < 5 ? '' : `${d.getUTCFullYear()} `}${time}`
    void process.fds[1]?.write(process, `${head} ${text}\n`)
  }
}

const numbers = (version: string): [major: number, minor: number] => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}

/** @param file its configuration */
export function beginning(version: string, pid: number, file: string | undefined): string[] {
  const [major] = numbers(version)
  const mark = major >= 7 ? '*' : '#'
  const lines =
    major < 4
      ? []
      : [
          `${mark} oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
          `${mark} Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${pid}, just started`,
        ]
  if (!file)
    lines.push(
      '# Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    )
  else if (major >= 4) lines.push(`${mark} Configuration loaded`)
  return lines
}

export function ready(version: string, port: number): string[] {
  const [major, minor] = numbers(version)
  if (major < 3)
    return [
      `# Server started, Redis version ${version}`,
      `* The server is now ready to accept connections on port ${port}`,
    ]
  const mark = major >= 7 ? '*' : '#'
  return [
    ...(major > 6 || (major === 6 && minor >= 2) ? ['* monotonic clock: POSIX clock_gettime'] : []),
    `* Running mode=standalone, port=${port}.`,
    ...(major < 4 ? [`# Server started, Redis version ${version}`] : [`${mark} Server initialized`]),
    major < 4
      ? `* The server is now ready to accept connections on port ${port}`
      : `* Ready to accept connections${major >= 7 ? ' tcp' : ''}`,
  ]
}
