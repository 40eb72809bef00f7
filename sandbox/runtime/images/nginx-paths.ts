/** What nginx makes for itself before it serves: directories for temporary files, and the file with its pid. */
import { isErrno } from '../errno.ts'
import type { Process } from '../process.ts'

const CONFIG = '/etc/nginx/nginx.conf'
const TEMPORARY = ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as const
/** Of the user `nginx` in the image. */
const WORKER_UID = 101

const NUMBERS: Record<string, number> = { EPERM: 1, ENOENT: 2, EACCES: 13, ENOTDIR: 20, ENOSPC: 28, EROFS: 30 }

/** `mkdir() "/x" failed (30: Read-only file system)`; undefined when it went well. */
function failure(call: string, attempt: () => void): string | undefined {
  try {
    attempt()
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    return `${call} failed (${NUMBERS[error.code] ?? 5}: ${error.message})`
  }
}

const settingsOf = (process: Process): string =>
  process.fs.exists(CONFIG) ? process.fs.readFile(CONFIG).replace(/#.*$/gm, '') : ''

const directiveOf = (settings: string, directive: string): string | undefined =>
  new RegExp(`\\b${directive}\\s+([^;]+);`).exec(settings)?.[1]?.trim()

export const pidFileOf = (process: Process): string => directiveOf(settingsOf(process), 'pid') ?? '/run/nginx.pid'

/** The directories, given to the workers' user by a master that is root. */
export function makeTemporaryDirectories(process: Process): { warning?: string; failed?: string } {
  const { fs } = process
  const settings = settingsOf(process)
  const user = directiveOf(settings, 'user')
  const warning =
    user !== undefined && process.uid !== 0
      ? `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${CONFIG}:2`
      : undefined
  for (const kind of TEMPORARY) {
    const directive = kind === 'client' ? 'client_body_temp_path' : `${kind}_temp_path`
    const path = directiveOf(settings, directive) ?? `/var/cache/nginx/${kind}_temp`
    const failed =
      (fs.exists(path) ? undefined : failure(`mkdir() "${path}"`, () => fs.mkdir(path, { mode: 0o700 }))) ??
      (user === 'root' || process.uid !== 0 || fs.stat(path).uid === WORKER_UID
        ? undefined
        : failure(`chown("${path}", ${WORKER_UID})`, () => fs.chown(path, WORKER_UID, -1)))
    if (failed !== undefined) return { ...(warning !== undefined && { warning }), failed }
  }
  return warning === undefined ? {} : { warning }
}

export function writePid(process: Process): string | undefined {
  const path = pidFileOf(process)
  return failure(`open() "${path}"`, () => process.fs.writeFile(path, `${process.pid}\n`))
}
