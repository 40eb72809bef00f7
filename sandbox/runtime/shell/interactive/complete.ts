/** Completion of command names, file names and variables. */
import { DEFAULT_PATH } from '../../processes/exec.ts'
import { BUILTINS } from '../builtins/builtins.ts'
import type { Shell } from '../shell.ts'
import type { Completion } from './editor.ts'

export function completePath(shell: Shell, line: string, cursor: number): Completion {
  const before = line.slice(0, cursor)
  const word = /(?:[^\s'"|;&<>()=]|\\.)*$/.exec(before)![0]
  const from = cursor - word.length
  if (word.startsWith('$')) {
    const names = [...shell.variables.keys()].map(name => `$${name}`)
    return { from, candidates: names.filter(name => name.startsWith(word)).sort() }
  }
  const first = /(?:^|[|;&(]|\b(?:then|do|else|sudo|exec|time)\s)\s*$/.test(before.slice(0, from))
  if (first && !word.includes('/'))
    return { from, candidates: commandNames(shell).filter(name => name.startsWith(word)) }
  const slash = word.lastIndexOf('/') + 1
  const dir = word.slice(0, slash)
  const stem = word.slice(slash)
  const { fs } = shell.process
  const path = dir.startsWith('~/') ? (shell.get('HOME') ?? '') + dir.slice(1) : dir || '.'
  try {
    const names = fs
      .readdir(path)
      .filter(name => name.startsWith(stem) && (stem.startsWith('.') || !name.startsWith('.')))
    return { from, candidates: names.map(name => dir + name + (isDirectory(shell, `${path}/${name}`) ? '/' : '')) }
  } catch {
    return { from, candidates: [] }
  }
}

const isDirectory = (shell: Shell, path: string): boolean => {
  try {
    return shell.process.fs.stat(path).type === 'directory'
  } catch {
    return false
  }
}

function commandNames(shell: Shell): string[] {
  const names = new Set([...Object.keys(BUILTINS), ...shell.functions.keys(), ...shell.aliases.keys()])
  for (const dir of (shell.get('PATH') ?? DEFAULT_PATH).split(':')) {
    try {
      for (const name of shell.process.fs.readdir(dir)) names.add(name)
    } catch {
      // A directory of PATH may be missing.
    }
  }
  return [...names].filter(name => /^\w/.test(name)).sort()
}
