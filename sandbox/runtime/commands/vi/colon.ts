/** Commands after a colon: files, lines, settings, and programs of the shell. */
import { addresses } from './addresses.ts'
import { byName, type ColonCall } from './colon-commands.ts'
import type { Editor } from './editor.ts'
import { printable } from './motions.ts'
import { runShell } from './shell.ts'
import { substitute } from './substitute.ts'

/** Does what a line says. @param line with or without its colon */
export async function colon(editor: Editor, line: string): Promise<void> {
  const text = line.replace(/^:*[ \t]*/, '')
  if (text && !text.startsWith('"')) await command(editor, text)
  await editor.stayInside()
}

async function command(editor: Editor, text: string): Promise<void> {
  const { buffer } = editor
  const found = addresses(editor, text)
  if (!found) return
  const { rest, count } = found
  const [, word = '', args = ''] = /^(\S*)[ \t]*([\s\S]*)$/.exec(rest) ?? []
  const force = word.endsWith('!')
  const name = force ? word.slice(0, -1) : word
  const last = found.last ?? -1
  const first = count > 1 ? (found.first ?? -1) : last
  const { lineCount } = buffer
  if (count && (last < 0 || last > lineCount || (count > 1 && (first < 0 || first > lineCount || first > last))))
    return editor.warn('Invalid range')
  const call: ColonCall = {
    name,
    force,
    args,
    from: count ? buffer.line(first) : undefined,
    to: count ? buffer.lineEnd(buffer.line(last)) : undefined,
    last: count ? last : undefined,
  }
  if (!name) {
    if (!count) return
    editor.dot = buffer.line(last)
    return editor.skipBlanks()
  }
  if (name.startsWith('!')) return runShell(editor, rest.slice(1))
  const known = byName(name)
  if (known) return known(editor, call)
  if (name.startsWith('s')) return substitute(editor, rest, count ? { first, last } : undefined)
  editor.warn(`'${printable(name)}' is not implemented`)
}
