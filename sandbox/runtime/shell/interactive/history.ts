/** What a person has typed before: `history`, and words such as `!!` that stand for it. */
import { isErrno } from '../../errno.ts'
import { type Builtin, out } from '../builtins/builtin.ts'
import type { Shell } from '../shell.ts'

export const history: Builtin = async (shell, args) => {
  const lines = shell.history ?? []
  const [first = '', second] = args
  if (first === '-c') {
    lines.length = 0
    return 0
  }
  if (first === '-d' && /^\d+$/.test(second ?? '') && Number(second) >= 1 && Number(second) <= lines.length) {
    lines.splice(Number(second) - 1, 1)
    return 0
  }
  if (first === '-d') {
    await shell.complain(`history: ${second ?? '-d'}: history position out of range`)
    return 1
  }
  if (/^-[anrw]$/.test(first)) return inFile(shell, first, lines, second)
  if (first && !/^\d+$/.test(first)) {
    await shell.complain(
      first.startsWith('-') ? `history: ${first}: invalid option` : `history: ${first}: numeric argument required`,
    )
    return first.startsWith('-') ? 2 : 1
  }
  const from = first ? Math.max(0, lines.length - Number(first)) : 0
  await out(
    shell,
    lines
      .slice(from)
      .map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`)
      .join(''),
  )
  return 0
}

/** How many lines of a history its file has, and how many of the file's the history. */
const exchanged = new WeakMap<string[], { written: number; read: number }>()

/** `-w` writes all lines to the file, `-a` the new ones after it; `-r` reads the whole file, `-n` what it has gained. */
async function inFile(shell: Shell, how: string, lines: string[], named: string | undefined): Promise<number> {
  const path = named ?? shell.get('HISTFILE') ?? `${shell.get('HOME') ?? ''}/.bash_history`
  const state = exchanged.get(lines) ?? { written: 0, read: 0 }
  exchanged.set(lines, state)
  const { fs } = shell.process
  try {
    if (how === '-w' || how === '-a') {
      const from = how === '-a' ? state.written : 0
      const text = lines
        .slice(from)
        .map(line => `${line}\n`)
        .join('')
      const before = how === '-a' && fs.exists(path) ? fs.readFile(path) : ''
      fs.writeFile(path, before + text)
      if (how === '-a') state.read += lines.length - from
      else state.read = lines.length
    } else {
      const kept = fs.readFile(path).split('\n').slice(0, -1)
      lines.push(...kept.slice(how === '-n' ? state.read : 0))
      state.read = kept.length
    }
    state.written = lines.length
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    await shell.complain(
      `history: ${path}: ${how === '-w' || how === '-a' ? 'cannot create' : 'cannot open'}: ${error.message}`,
    )
    return 1
  }
}

/** `!!`, `!$`, `!-2`, `!12`, `!kub`; not in single quotes, not `$!`, `${!x}`, `[!a]`, `!=` or `! command`. */
const EVENT = /'[^']*'|\\.|(?<![$[]|\$\{)!(!|\$|-?\d+|[^\s=("'!$;&|<>\d-][^\s;&|<>"']*)/g

/**
 * What stands for nothing stays, other than in bash, unless the line begins with it: scripts are pasted here, in which it
 * was never a sign.
 * @returns the line with what it stands for, or which of it there is not
 */
export function recalled(line: string, before: readonly string[]): { line: string } | { missing: string } {
  let missing: string | undefined
  const expanded = line.replace(EVENT, (whole, event: string | undefined, at: number) => {
    if (event === undefined) return whole
    const found = eventOf(event, before)
    if (found === undefined && at === 0) missing = whole
    return found ?? whole
  })
  return missing === undefined ? { line: expanded } : { missing }
}

function eventOf(event: string, before: readonly string[]): string | undefined {
  if (event === '!') return before.at(-1)
  if (event === '$') return before.at(-1)?.trim().split(/\s+/).at(-1)
  if (/^-?\d+$/.test(event)) return before.at(Number(event) < 0 ? Number(event) : Number(event) - 1)
  return before.findLast(line => line.startsWith(event))
}
