/** `ulimit`: what containerd gives every container, until the shell changes it for itself and its children. */
import { type Builtin, out } from './builtin.ts'
import type { Shell } from './shell.ts'

interface Limit {
  /** As busybox and dash list it. */
  ash: string
  dash: string
  value: string
}

const LIMITS: Readonly<Record<string, Limit>> = {
  c: { ash: 'core file size (blocks)', dash: 'coredump(blocks)', value: 'unlimited' },
  d: { ash: 'data seg size (kb)', dash: 'data(kbytes)', value: 'unlimited' },
  f: { ash: 'file size (blocks)', dash: 'file(blocks)', value: 'unlimited' },
  l: { ash: 'max locked memory (kb)', dash: 'locked memory(kbytes)', value: '8192' },
  m: { ash: 'max memory size (kb)', dash: 'memory(kbytes)', value: 'unlimited' },
  n: { ash: 'open files', dash: 'nofiles', value: '1048576' },
  s: { ash: 'stack size (kb)', dash: 'stack(kbytes)', value: '8192' },
  t: { ash: 'cpu time (seconds)', dash: 'time(seconds)', value: 'unlimited' },
  v: { ash: 'address space (kb)', dash: 'vmemory(kbytes)', value: 'unlimited' },
  w: { ash: 'file locks', dash: 'locks', value: 'unlimited' },
  p: { ash: 'processes', dash: 'process', value: 'unlimited' },
}

const current = (shell: Shell, letter: string): string => shell.limits.get(letter) ?? LIMITS[letter]!.value

export const ulimit: Builtin = async (shell, args) => {
  const letters = args
    .filter(arg => arg.startsWith('-'))
    .join('')
    .replace(/[-HS]/g, '')
    .replace(/u/g, 'p')
  const wanted = args.find(arg => !arg.startsWith('-'))
  if (letters === 'a') {
    const lines = Object.entries(LIMITS).map(([letter, { ash, dash }]) =>
      shell.dialect.name === 'dash'
        ? `${dash.padEnd(20)} ${current(shell, letter)}\n`
        : `${ash.padEnd(32)}(-${letter}) ${current(shell, letter)}\n`,
    )
    await out(shell, lines.join(''))
    return 0
  }
  for (const letter of letters || 'f') {
    if (!LIMITS[letter]) {
      if (shell.dialect.name === 'ash') await shell.process.write(2, `ulimit: invalid option -- '${letter}'\n`)
      else
        await shell.complain(
          shell.dialect.name === 'dash' ? `ulimit: Illegal option -${letter}` : `ulimit: -${letter}: invalid option`,
        )
      return shell.dialect.name === 'ash' ? 1 : 2
    }
    if (wanted === undefined) await out(shell, `${current(shell, letter)}\n`)
    else if (/^\d+$|^unlimited$/.test(wanted)) shell.limits.set(letter, wanted)
    else {
      await shell.complainOf('ulimit', `${shell.dialect.name === 'bash' ? `${wanted}: invalid number` : 'bad number'}`)
      return shell.dialect.name === 'bash' ? 1 : 2
    }
  }
  return 0
}
