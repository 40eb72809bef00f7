/** bash's `pushd`, `popd` and `dirs`. */

import type { Shell } from '../shell.ts'
import { type Builtin, out } from './builtin.ts'
import { changeDirectory } from './cd.ts'

const shortened = (shell: Shell, dir: string): string => {
  const home = shell.get('HOME')
  return home && (dir === home || dir.startsWith(`${home}/`)) ? `~${dir.slice(home.length)}` : dir
}

const all = (shell: Shell): string[] => [shell.process.cwd, ...shell.directories]

/** Which of them `+n` from the top, or `-n` from the bottom, means. */
function indexOf(shell: Shell, word: string): number | undefined {
  const n = Number(word.slice(1))
  const count = all(shell).length
  const at = word[0] === '+' ? n : count - 1 - n
  return at >= 0 && at < count ? at : undefined
}

const show = (shell: Shell): Promise<void> =>
  out(
    shell,
    `${all(shell)
      .map(dir => shortened(shell, dir))
      .join(' ')}\n`,
  )

async function refuse(shell: Shell, message: string): Promise<number> {
  await shell.complain(message)
  return 1
}

const outOfRange = (name: string, shell: Shell, word: string): string =>
  `${name}: ${shell.directories.length ? `${word}: directory stack index out of range` : 'directory stack empty'}`

export const dirs: Builtin = async (shell, args) => {
  const flags = args.filter(arg => /^-[a-z]/.test(arg)).join('')
  const number = args.find(arg => /^[-+]\d+$/.test(arg))
  if (flags.includes('c')) {
    shell.directories = []
    return 0
  }
  const shown = (dir: string): string => (flags.includes('l') ? dir : shortened(shell, dir))
  if (number) {
    const at = indexOf(shell, number)
    if (at === undefined) return refuse(shell, outOfRange('dirs', shell, number))
    await out(shell, `${shown(all(shell)[at]!)}\n`)
    return 0
  }
  if (flags.includes('v'))
    await out(
      shell,
      all(shell)
        .map((dir, i) => `${String(i).padStart(2)}  ${shown(dir)}\n`)
        .join(''),
    )
  else
    await out(
      shell,
      `${all(shell)
        .map(shown)
        .join(flags.includes('p') ? '\n' : ' ')}\n`,
    )
  return 0
}

/** `pushd DIR` goes there; without one, or with `+n`, the stack is turned until that one is on top. */
export const pushd: Builtin = async (shell, args) => {
  const [word] = args
  const stack = all(shell)
  let next: string[]
  if (word === undefined) {
    if (!shell.directories.length) return refuse(shell, 'pushd: no other directory')
    next = [stack[1]!, stack[0]!, ...stack.slice(2)]
  } else if (/^[-+]\d+$/.test(word)) {
    const at = indexOf(shell, word)
    if (at === undefined) return refuse(shell, outOfRange('pushd', shell, word))
    next = [...stack.slice(at), ...stack.slice(0, at)]
  } else next = [word, ...stack]
  const failed = await changeDirectory(shell, next[0]!, 'pushd')
  if (failed) return failed
  shell.directories = next.slice(1)
  await show(shell)
  return 0
}

export const popd: Builtin = async (shell, args) => {
  const [word] = args
  if (!shell.directories.length) return refuse(shell, 'popd: directory stack empty')
  const at = word === undefined ? 0 : indexOf(shell, word)
  if (at === undefined) return refuse(shell, outOfRange('popd', shell, word!))
  if (at) shell.directories.splice(at - 1, 1)
  else {
    const failed = await changeDirectory(shell, shell.directories[0]!, 'popd')
    if (failed) return failed
    shell.directories.shift()
  }
  await show(shell)
  return 0
}
