/** What nginx makes for itself before it serves: directories for temporary files, and the file with its pid. */
import { idOf } from '../../../commands/files/modes.ts'
import type { Process } from '../../../processes/process.ts'
import type { Config } from './config.ts'
import { errorOf, failure, openFailure } from './failures.ts'
import { at } from './syntax.ts'

/** Of the user `nginx` in the image, who it is unless `user` says otherwise. */
const USUAL = 101

export interface Owner {
  uid: number
  gid: number
}

/** Whom the workers run as: only root can be somebody else. @throws ConfigError for a user or a group that nobody knows */
export function ownerOf(process: Process, { user }: Config): Owner {
  if (process.uid !== 0) return { uid: process.uid, gid: process.gid }
  if (!user) return { uid: USUAL, gid: USUAL }
  const { name, group, place } = user
  const uid = idOf(process, name, '/etc/passwd')
  if (uid === undefined) throw at(`getpwnam("${name}") failed`, place)
  const gid = idOf(process, group ?? name, '/etc/group')
  if (gid === undefined) throw at(`getgrnam("${group ?? name}") failed`, place)
  return { uid, gid }
}

/** The directories, given to the workers' user by a master that is root. */
export function makeTemporaryDirectories(
  process: Process,
  { user, temporary }: Config,
  owner: Owner,
): { warning?: string; failed?: string } {
  const { fs } = process
  const warning =
    user !== undefined && process.uid !== 0
      ? `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${user.place.file}:${user.place.line}`
      : undefined
  const failed = (text: string) => ({ ...(warning !== undefined && { warning }), failed: text })
  for (const path of temporary) {
    const unmade = errorOf(() => fs.mkdir(path, { mode: 0o700 }))
    const wasThere = unmade?.code === 'EEXIST'
    if (unmade && !wasThere) return failed(failure(`mkdir() "${path}"`, unmade))
    if (!owner.uid || process.uid !== 0 || (wasThere && fs.stat(path).uid === owner.uid)) continue
    const refused = errorOf(() => fs.chown(path, owner.uid, -1))
    if (refused) return failed(failure(`chown("${path}", ${owner.uid})`, refused))
  }
  return warning === undefined ? {} : { warning }
}

export function writePid(process: Process, { pid: pidFile }: Config): string | undefined {
  const error = errorOf(() => process.fs.writeFile(pidFile, `${process.pid}\n`))
  return error && openFailure(pidFile, error)
}
