/** Files as the editor reads and writes them. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { isErrno } from '../../errno.ts'
import { absolute } from '../../files/path.ts'
import type { Process } from '../../processes/process.ts'
import { mountCovering } from '../files/disks.ts'
import type { Editor } from './editor.ts'

const CHUNK = 0x8000

/** The bytes of a text, one character for each. */
export function bytesOf(text: string): string {
  const bytes = bytesOfText(text)
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)))
  return parts.join('')
}

export const textOf = (bytes: string): string => textOfBytes(Uint8Array.from(bytes, c => c.charCodeAt(0)))

export const pathOf = ({ cwd }: Process, name: string): string => absolute(cwd, name)

/** Does what may fail as a system call does. @returns its value, or the words of its error */
function attempt<T>(action: () => T): { value: T; error?: undefined } | { error: string } {
  try {
    return { value: action() }
  } catch (error) {
    if (!isErrno(error)) throw error
    return { error: error.message }
  }
}

/**
 * Inserts a file at a place.
 * @param first whether it is the file to be edited: one that is missing is a new one
 * @returns how many bytes; undefined where there is none to read
 */
export function insertFile(editor: Editor, name: string, place: number, first: boolean): number | undefined {
  const { process, changes } = editor
  const path = pathOf(process, name)
  const opened = attempt(() => process.fs.open(path, 'r').close())
  const stat = attempt(() => process.fs.stat(path))
  const directory = stat.error === undefined && stat.value.type === 'directory'
  if (!directory && opened.error !== undefined) {
    if (!first) editor.warn(`'${name}' ${opened.error}`)
    return undefined
  }
  let size: number | undefined
  if (stat.error !== undefined || stat.value.type !== 'file') editor.warn(`'${name}' is not a regular file`)
  else {
    const bytes = bytesOf(process.fs.readFile(path))
    changes.insert(place, bytes, 'alone')
    size = bytes.length
  }
  if (first && stat.error === undefined && (!mayWrite(process, path) || !(stat.value.mode & 0o222)))
    editor.readOnly.file = true
  return size
}

/** Root may write whatever lies on a disk that can be written to. */
function mayWrite(process: Process, path: string): boolean {
  if (mountCovering(process, path).options.startsWith('ro')) return false
  const { mode, uid, gid } = process.fs.stat(path)
  if (process.uid === 0) return true
  const shift = uid === process.uid ? 6 : gid === process.gid || process.groups.includes(gid) ? 3 : 0
  return ((mode >> shift) & 2) !== 0
}

/** Begins with the text of a file, or with an empty line. @returns its size; undefined where it is new */
export function readBuffer(editor: Editor, name: string | undefined): number | undefined {
  const { buffer, changes, screen } = editor
  buffer.text = ''
  screen.top = editor.dot = 0
  nameFile(editor, name)
  const size = name === undefined ? undefined : insertFile(editor, name, 0, true)
  if (size === undefined) changes.putUnkept(0, '\n')
  changes.forget()
  editor.unmodified()
  editor.marks.clear()
  editor.jumps = [undefined, undefined]
  return size
}

/** The file has this name from now on, and `#` stands for the one before. */
export function nameFile(editor: Editor, name: string | undefined): void {
  if (name === undefined || name === editor.fileName) return
  editor.otherFileName = editor.fileName
  editor.fileName = name
}

/** Writes from one character to another, both included. @param name undefined: the text has no file */
export function writeBuffer(
  editor: Editor,
  name: string | undefined,
  from: number,
  to: number,
): { bytes: number; error?: undefined } | { error: string } {
  if (name === undefined) return { error: 'no name' }
  const bytes = editor.buffer.text.slice(from, to + 1)
  const { fs } = editor.process
  const path = pathOf(editor.process, name)
  const opened = attempt(() => fs.open(path, 'a').close())
  if (opened.error !== undefined) return { error: opened.error }
  // What does not fit is not written, and nothing is said of why.
  const written = attempt(() => fs.writeFile(path, textOf(bytes)))
  return { bytes: written.error === undefined ? bytes.length : 0 }
}
