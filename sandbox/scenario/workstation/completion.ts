/** Tab for kubectl: asks kubectl itself (`kubectl __complete`), as its completion scripts do. */

import { nullStream, sink } from '../../runtime/processes/streams.ts'
import type { Completion } from '../../runtime/shell/interactive/editor.ts'
import type { Shell } from '../../runtime/shell/shell.ts'

/** Of cobra's directives, those by which the word is no file's name, or one with a certain ending. */
const [NO_FILES, BY_EXTENSION] = [4, 8]

/** undefined where the line is not about kubectl, or a file name is wanted. */
export async function completeKubectl(shell: Shell, line: string, cursor: number): Promise<Completion | undefined> {
  const before = line.slice(0, cursor)
  const [, name = '', rest = ''] = /(?:^|[|;&(]\s*)([\w-]+)\s+([^|;&()]*)$/.exec(before) ?? []
  // An alias may bring words of its own.
  const [program, ...own] = (shell.aliases.get(name) ?? name).trim().split(/\s+/)
  if (program !== 'kubectl') return undefined
  const words = [...own, ...rest.split(/\s+/)]
  const word = words.at(-1)!
  let output = ''
  const child = shell.process.spawn({
    argv: ['kubectl', '__complete', ...words],
    fds: { 0: nullStream, 1: sink(data => (output += data)), 2: nullStream },
  })
  await shell.process.wait(child.pid)
  const lines = output.trimEnd().split('\n')
  const directive = Number(/^:(\d+)$/.exec(lines.pop() ?? '')?.[1] ?? 0)
  const candidates = lines.map(text => text.split('\t')[0]!).filter(text => text?.startsWith(word))
  if (directive & BY_EXTENSION || (!candidates.length && !(directive & NO_FILES))) return undefined
  return { from: cursor - word.length, candidates: candidates.sort() }
}
