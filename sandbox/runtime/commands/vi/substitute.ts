/** `:s/text/other/g`: replaces a text in lines. A pattern is a plain text, as in the search. */
import type { Editor } from './editor.ts'
import { findAhead } from './search.ts'

/** @param command all of it, from the `s` on @param lines the numbers of the first and the last line, if any were named */
export async function substitute(
  editor: Editor,
  command: string,
  lines?: { first: number; last: number },
): Promise<void> {
  const { buffer, changes } = editor
  const delimiter = command[1]
  const parts = delimiter ? command.slice(2).split(delimiter) : []
  if (parts.length < 2) {
    editor.say(':s expression missing delimiters')
    return
  }
  const [given = '', replacement = ''] = parts
  const everywhere = command.slice(2 + given.length + 1 + replacement.length + 1).startsWith('g')
  if (given) editor.pattern = `/${given}`
  const wanted = editor.pattern.slice(1)
  if (!wanted) {
    editor.warn('No previous search')
    return
  }
  const present = buffer.lineNumber(editor.dot)
  const { first, last } = lines ?? { first: present, last: present }
  let line = lines ? buffer.line(first) : buffer.lineStart(editor.dot)
  let done = 0
  let changed = 0
  for (let number = first; number <= last; number++) {
    const before = done
    for (let at = line; ; ) {
      await editor.work()
      const found = findAhead(editor, wanted, at, buffer.nextLine(at))
      if (found === undefined) break
      changes.remove(found, found + wanted.length - 1, done ? 'chained' : 'alone')
      if (replacement) changes.insert(found, replacement, 'chained')
      editor.dot = line
      done++
      at = found + replacement.length
      if (!everywhere || at >= buffer.lineEnd(line)) break
    }
    if (done > before) changed++
    line = buffer.nextLine(line)
  }
  if (!done) {
    editor.warn('No match')
    return
  }
  editor.skipBlanks()
  if (done > 1) editor.say(`${done} substitutions on ${changed} lines`)
}
