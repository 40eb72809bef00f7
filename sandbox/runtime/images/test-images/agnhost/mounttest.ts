/** agnhost mounttest: what it finds at a path of a volume. */
import { isErrno } from '../../../errno.ts'
import type { Process } from '../../../processes/process.ts'
import type { Subcommand } from './go.ts'

/** Numbers of file systems, where Go does not know a name. */
const MAGIC: Readonly<Record<string, string>> = {
  tmpfs: 'tmpfs',
  ext4: '61267',
  overlay: '2035054128',
  proc: '40864',
  sysfs: '1650812274',
}
const CONTENT = 'mount-tester new file\n'
const NEW_FILES = ['0644', '0666', '0660', '0777']

const BITS = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx']

/** As Go prints a mode: the type, set-user-ID, set-group-ID and sticky bits first, then nine permissions. */
function goMode(mode: number, isDirectory: boolean): string {
  const special = `${isDirectory ? 'd' : ''}${mode & 0o4000 ? 'u' : ''}${mode & 0o2000 ? 'g' : ''}${mode & 0o1000 ? 't' : ''}`
  return (special || '-') + [6, 3, 0].map(shift => BITS[(mode >> shift) & 7]).join('')
}

export const mounttest: Subcommand = async (process, flags) => {
  const { fs } = process
  let failed = false
  const say = (line: string): Promise<void> => process.write(1, `${line}\n`)
  const check = async (path: string, call: string, report: () => string): Promise<void> => {
    if (!path) return
    try {
      await say(report())
    } catch (error) {
      if (!isErrno(error)) throw error
      failed = true
      await say(`${call}: ${error.message.toLowerCase()}`)
    }
  }
  const content = (path: string): Promise<void> =>
    check(
      path,
      `error reading file content for "${path}": open ${path}`,
      () => `content of file "${path}": ${fs.readFile(path)}`,
    )

  const type = flags.text('fs-type')
  await check(type, `error from statfs("${type}")`, () => {
    fs.stat(type)
    const mount = fs.mounts().findLast(m => m.path === '/' || type === m.path || type.startsWith(`${m.path}/`))
    return `mount type of "${type}": ${MAGIC[mount?.type ?? ''] ?? mount?.type}`
  })
  for (const mode of NEW_FILES) {
    const path = flags.text(`new-file-${mode}`)
    if (!path) continue
    try {
      fs.writeFile(path, CONTENT, { mode: Number.parseInt(mode, 8) })
      await content(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      failed = true
      await say(`error writing new file "${path}": open ${path}: ${error.message.toLowerCase()}`)
    }
  }
  const modeOf = flags.text('file-mode')
  await check(modeOf, `error from Stat("${modeOf}"): stat ${modeOf}`, () => {
    const { mode, type: kind } = fs.stat(modeOf)
    return `mode of file "${modeOf}": ${goMode(mode, kind === 'directory')}`
  })
  const perm = flags.text('file-perm')
  await check(
    perm,
    `error from Stat("${perm}"): stat ${perm}`,
    () => `perms of file "${perm}": ${goMode(fs.stat(perm).mode & 0o777, false)}`,
  )
  const owner = flags.text('file-owner')
  await check(owner, `error from stat("${owner}")`, () => {
    const { uid, gid } = fs.stat(owner)
    return `owner UID of "${owner}": ${uid}\nowner GID of "${owner}": ${gid}`
  })
  await content(flags.text('file-content'))
  const path = flags.text('file-content-in-loop')
  if (path) {
    const until = flags.boolean('break-on-expected-content')
    if (!(await readInLoop(process, path, flags.number('retry-time'), until))) failed = true
  }
  return failed ? 1 : 0
}

/** Reads every two seconds. @returns whether the last reading went well */
async function readInLoop(process: Process, path: string, seconds: number, untilExpected: boolean): Promise<boolean> {
  const end = process.clock.now() + seconds * 1000
  let ok = true
  for (; process.clock.now() < end; await process.sleep(2000)) {
    try {
      const text = process.fs.readFile(path)
      ok = true
      await process.write(1, `content of file "${path}": ${text}\n`)
      if (!untilExpected) continue
      if (text === CONTENT) break
      await process.write(1, `Unexpected content. Expected: ${CONTENT}. Retrying`)
    } catch (error) {
      if (!isErrno(error)) throw error
      ok = false
      await process.write(1, `Error reading file ${path}: open ${path}: ${error.message.toLowerCase()}, retrying\n`)
    }
  }
  return ok
}
