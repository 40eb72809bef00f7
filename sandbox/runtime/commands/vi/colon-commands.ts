/** Commands after a colon, by their names, of which any beginning will do. */
import { type Editor, LINE_AS_IT_WAS } from './editor.ts'
import { insertFile, nameFile, pathOf, readBuffer, writeBuffer } from './files.ts'
import { expandNames } from './names.ts'
import { registerName } from './operators.ts'
import { FEATURES, set } from './options.ts'
import { INVERSE, PLAIN } from './screen.ts'
import { cooked, raw } from './terminal-mode.ts'

export interface ColonCall {
  name: string
  /** It ended with `!`. */
  force: boolean
  args: string
  /** Where the lines that were named begin and end, if any were. */
  from: number | undefined
  to: number | undefined
  /** The number of the last of them. */
  last: number | undefined
}

export type ColonCommand = (editor: Editor, call: ColonCall) => Promise<void> | void

/** The lines named, or the present one. */
const orPresent = ({ buffer, dot }: Editor, { from, to }: ColonCall): [from: number, to: number] => [
  from ?? buffer.lineStart(dot),
  to ?? buffer.lineEnd(dot),
]

const lineNumber: ColonCommand = (editor, { last }) => editor.say(String(last ?? editor.buffer.lineNumber(editor.dot)))

const deleteLines: ColonCommand = (editor, call) => {
  editor.dot = editor.take(...orPresent(editor, call), 'lines')
  editor.skipBlanks()
}

const yankLines: ColonCommand = (editor, call) => {
  const [from, to] = orPresent(editor, call)
  editor.yank(from, to, 'lines')
  const { length } = editor.registers.get(editor.register)?.text ?? ''
  editor.say(`Yank ${editor.buffer.linesBetween(from, to)} lines (${length} chars) into [${registerName(editor)}]`)
}

/** What has not been written would be lost. */
function unwritten(editor: Editor, { name, force }: ColonCall): boolean {
  if (!editor.changes.modified || force) return false
  editor.warn(`No write since last change (:${name}! overrides)`)
  return true
}

/** The file that a command names, or the present one. @returns undefined where there is none, which is told */
function fileFor(editor: Editor, args: string): string | undefined {
  if (args) return expandNames(editor, args)
  if (editor.fileName === undefined) editor.warn('No current filename')
  return editor.fileName
}

const readOnlyMark = (editor: Editor): string => (editor.isReadOnly ? ' [Readonly]' : '')

const edit: ColonCommand = (editor, call) => {
  if (unwritten(editor, call)) return
  const name = fileFor(editor, call.args)
  if (name === undefined) return
  const size = readBuffer(editor, name)
  editor.registers.delete(LINE_AS_IT_WAS)
  editor.registers.delete(editor.register)
  const { buffer } = editor
  const isNew = size === undefined ? ' [New file]' : ''
  editor.say(`'${name}'${isNew}${readOnlyMark(editor)} ${buffer.lineCount}L, ${buffer.end}C`)
}

const file: ColonCommand = (editor, { last, args }) => {
  if (last !== undefined) return editor.warn('No address allowed on this command')
  if (!args) return editor.touchStatus()
  nameFile(editor, expandNames(editor, args))
}

const features: ColonCommand = async editor => {
  editor.screen.clearBottom()
  await editor.flush()
  cooked(editor)
  editor.write(FEATURES)
  await editor.flush()
  raw(editor)
  await editor.waitForReturn()
}

/** `:list`: lines with all that they hold. */
const list: ColonCommand = async (editor, call) => {
  const [from, to] = orPresent(editor, call)
  editor.screen.clearBottom()
  editor.write('\r\n')
  for (const c of editor.buffer.text.slice(from, to + 1)) {
    if (c > '\x7f') editor.write(`${INVERSE}.${PLAIN}`)
    else if (c === '\n') editor.write('$\r\n')
    else if (c < ' ') editor.write(`^${String.fromCharCode(c.charCodeAt(0) + 64)}`)
    else editor.write(c === '\x7f' ? '^?' : c)
  }
  await editor.waitForReturn()
}

const filesLeft = (editor: Editor): number => editor.files.length - editor.fileIndex - 1

const quit: ColonCommand = (editor, call) => {
  if (call.force) editor.fileIndex = editor.files.length
  else if (unwritten(editor, call)) return
  else if (filesLeft(editor) > 0) return editor.warn(`${filesLeft(editor)} more file(s) to edit`)
  editor.editing = false
}

const next: ColonCommand = (editor, call) => {
  if (!call.force) {
    if (unwritten(editor, call)) return
    if (filesLeft(editor) <= 0) return editor.warn('No more files to edit')
  }
  editor.editing = false
}

const previous: ColonCommand = (editor, call) => {
  if (!call.force) {
    if (unwritten(editor, call)) return
    if (editor.fileIndex < 1) return editor.warn('No previous files to edit')
    editor.fileIndex -= 2
  }
  editor.editing = false
}

const rewind: ColonCommand = (editor, call) => {
  if (unwritten(editor, call)) return
  editor.fileIndex = -1
  editor.editing = false
}

/** `:r`: another file after a line. */
const read: ColonCommand = (editor, { args, to, last }) => {
  const { buffer } = editor
  const name = fileFor(editor, args)
  if (name === undefined) return
  if (args) nameNewFile(editor, name)
  let place = 0
  if (last !== 0) {
    place = buffer.nextLine(to === undefined ? editor.dot : buffer.line(last ?? 0))
    if (place === buffer.end - 1) place++
  }
  const line = buffer.linesBetween(0, place) + (place === buffer.end ? 1 : 0)
  const size = insertFile(editor, name, place, false)
  if (size === undefined) return
  editor.say(`'${name}'${readOnlyMark(editor)} ${buffer.linesBetween(place, place + size - 1)}L, ${size}C`)
  editor.dot = buffer.line(line)
}

/** The text gets a name if it has none yet; else the name is the other file's. */
function nameNewFile(editor: Editor, name: string): void {
  if (editor.fileName === undefined) editor.fileName = name
  else editor.otherFileName = name
}

/** `:w`, `:wq`, `:wn` and `:x` */
const write: ColonCommand = (editor, { name, args, force, from = 0, to = editor.buffer.end - 1 }) => {
  const { buffer, process } = editor
  let target = editor.fileName
  if (args) {
    const named = expandNames(editor, args)
    if (named === undefined) return
    if (!force && named !== target && process.fs.exists(pathOf(process, named)))
      return editor.warn('File exists (:w! overrides)')
    target = named
    nameNewFile(editor, named)
  } else if (editor.isReadOnly && !force && target !== undefined) return editor.warn(`'${target}' is read only`)
  const needed = editor.changes.modified !== 0 || !name.startsWith('x')
  const written = needed ? writeBuffer(editor, target, from, to) : { bytes: 0 }
  if (written.error !== undefined)
    return editor.warn(written.error === 'no name' ? 'No current filename' : `'${target}' ${written.error}`)
  const { bytes } = written
  editor.say(`'${target}' ${buffer.linesBetween(from, from + bytes - 1)}L, ${bytes}C`)
  if (needed && bytes !== to - from + 1) return
  if (from === 0 && bytes === buffer.end) editor.unmodified()
  if (name[1] === 'n') editor.editing = false
  else if (name.startsWith('x') || name[1] === 'q') {
    if (filesLeft(editor) > 0) {
      if (!force) return editor.warn(`${filesLeft(editor)} more file(s) to edit`)
      editor.fileIndex = editor.files.length
    }
    editor.editing = false
  }
}

/** In the order in which beginnings are looked up. */
const BEGINNINGS: readonly (readonly [name: string, command: ColonCommand])[] = [
  ['delete', deleteLines],
  ['edit', edit],
  ['file', file],
  ['features', features],
  ['list', list],
  ['quit', quit],
  ['next', next],
  ['prev', previous],
  ['read', read],
  ['rewind', rewind],
  ['set', (editor, { args }) => set(editor, args)],
]
const LATER: readonly (readonly [name: string, command: ColonCommand])[] = [
  ['version', editor => editor.say('BusyBox v1.36.1')],
  ['write', write],
  ['yank', yankLines],
]
const WHOLE: Readonly<Record<string, ColonCommand>> = { '=': lineNumber, wq: write, wn: write, x: write }

/** undefined where there is none, or where an `s` begins a substitution. */
export function byName(name: string): ColonCommand | undefined {
  const whole = WHOLE[name]
  if (whole) return whole
  const early = BEGINNINGS.find(([known]) => known.startsWith(name))
  if (early || name.startsWith('s')) return early?.[1]
  return LATER.find(([known]) => known.startsWith(name))?.[1]
}
