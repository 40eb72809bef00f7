/** .htaccess: what directories say of themselves, as far as AllowOverride lets them. */
import { isErrno } from '../../../errno.ts'
import type { Override } from './directives.ts'
import type { Exchange } from './exchange.ts'
import { type Reading, readAccessFile } from './reading.ts'
import { type Section, settingFor } from './sections.ts'
import { ConfigError, ReadingError } from './syntax.ts'

export interface AccessFile {
  /** With its last slash. */
  folder: string
  sections: readonly Section[]
}

interface Read {
  section?: Section
  fault?: string
}

/** By the file's path, what may be overridden, and its text. */
const read = new WeakMap<Reading, Map<string, Read>>()

function section(reading: Reading, path: string, text: string, overrides: ReadonlySet<Override>): Read {
  let known = read.get(reading)
  if (!known) read.set(reading, (known = new Map()))
  const key = `${path}\n${[...overrides].join()}\n${text}`
  let found = known.get(key)
  if (found) return found
  try {
    const files: Section[] = []
    const setting = settingFor(reading, readAccessFile(reading, text, path), '.htaccess', files, overrides)
    found = { section: { fits: () => true, setting, files, length: 0 } }
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof ReadingError)) throw error
    // In the error log it is the file that stands before what is wrong.
    found = {
      fault: error.message
        .replace(/^AH00526: Syntax error on line \d+ of (.*):\n/, '$1: ')
        .replace(/^Syntax error on line \d+ of /, ''),
    }
  }
  if (known.size > 200) known.clear()
  // What <IfFile> asks may be answered otherwise the next time.
  if (!/<iffile/i.test(text)) known.set(key, found)
  return found
}

/** The files of all directories from the root to the request's, and what one that cannot be read comes to. */
export function accessFiles(x: Exchange, reading: Reading): [files: AccessFile[], fault?: 403 | 500] {
  const { host, filename, process } = x
  const files: AccessFile[] = []
  const parts = filename.split('/').slice(1, -1)
  // Sections that go by patterns are looked at when all files have been read, and have no say in what may be overridden.
  const shadow = { ...host.scope }
  let next = 0
  for (let depth = 0; depth <= parts.length; depth++) {
    const path = `/${parts.slice(0, depth).join('/')}`
    for (let one = host.directories[next]; one && one.length <= depth; one = host.directories[++next])
      if (one.fits(path)) one.setting(shadow)
    if (!shadow.override.size) continue
    const file = `${path.replace(/\/$/, '')}/.htaccess`
    let text: string
    try {
      text = process.fs.readFile(file)
    } catch (error) {
      if (!isErrno(error)) throw error
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') continue
      x.note(
        'core',
        'crit',
        `AH00529: ${file} pcfg_openfile: unable to check htaccess file, ensure it is readable and that '${path}/' is executable`,
        { number: `(13)${error.message}` },
      )
      return [files, 403]
    }
    const { section: own, fault } = section(reading, file, text, shadow.override)
    if (fault !== undefined) {
      x.note('core', 'alert', fault)
      return [files, 500]
    }
    files.push({ folder: `${path.replace(/\/$/, '')}/`, sections: [own!] })
  }
  return [files]
}
