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

interface Settings {
  user: string | undefined
  pidFile: string
  temporary: readonly string[]
}

function parse(text: string): Settings {
  const settings = text.replace(/#.*$/gm, '')
  const directive = (name: string): string | undefined =>
    new RegExp(`\\b${name}\\s+([^;]+);`).exec(settings)?.[1]?.trim()
  return {
    user: directive('user'),
    pidFile: directive('pid') ?? '/run/nginx.pid',
    temporary: TEMPORARY.map(kind => {
      const name = kind === 'client' ? 'client_body_temp_path' : `${kind}_temp_path`
      return directive(name) ?? `/var/cache/nginx/${kind}_temp`
    }),
  }
}

let parsed = { text: '', settings: parse('') }

/** Thousands of servers have the same configuration. */
function settingsOf({ fs }: Process): Settings {
  const text = fs.exists(CONFIG) ? fs.readFile(CONFIG) : ''
  if (text !== parsed.text) parsed = { text, settings: parse(text) }
  return parsed.settings
}

export const pidFileOf = (process: Process): string => settingsOf(process).pidFile

/** The directories, given to the workers' user by a master that is root. */
export function makeTemporaryDirectories(process: Process): { warning?: string; failed?: string } {
  const { fs } = process
  const { user, temporary } = settingsOf(process)
  const warning =
    user !== undefined && process.uid !== 0
      ? `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${CONFIG}:2`
      : undefined
  for (const path of temporary) {
    const isNew = !fs.exists(path)
    const failed =
      (isNew ? failure(`mkdir() "${path}"`, () => fs.mkdir(path, { mode: 0o700 })) : undefined) ??
      (user === 'root' || process.uid !== 0 || (!isNew && fs.stat(path).uid === WORKER_UID)
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
