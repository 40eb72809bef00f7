/** A shell's options: `set -o`, their letters, `$-`. */
import type { Dialect } from './dialect.ts'
import type { Shell } from './shell.ts'

const LONG_OPTIONS: Record<string, string> = {
  errexit: 'e',
  noglob: 'f',
  monitor: 'm',
  noexec: 'n',
  xtrace: 'x',
  verbose: 'v',
  noclobber: 'C',
  allexport: 'a',
  notify: 'b',
  nounset: 'u',
}

/** The names that `set -o` lists, in each shell's order; those that are no option here are always off. */
const LISTED: Readonly<Record<Dialect['name'], string>> = {
  ash: 'errexit noglob ignoreeof monitor noexec xtrace verbose noclobber allexport notify nounset errtrace vi pipefail',
  dash: 'errexit noglob ignoreeof interactive monitor noexec stdin xtrace verbose vi emacs noclobber allexport notify nounset privileged nolog debug',
  bash: 'allexport braceexpand emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive-comments keyword monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged verbose vi xtrace',
}

/** The names that `set -o` lists. */
export const optionNames = (shell: Shell): string[] => LISTED[shell.dialect.name].split(' ')

const ALWAYS_ON: ReadonlySet<string> = new Set(['braceexpand', 'hashall', 'interactive-comments'])

/** The letters that each shell takes. */
const LETTERS: Readonly<Record<Dialect['name'], string>> = {
  ash: 'efImnxvVCabu',
  dash: 'efImnxvVECabup',
  bash: 'euxfnvambChTBEHP',
}

/** `set -o name`, or a letter; false when there is none of that name. */
export function setOption(shell: Shell, name: string, on: boolean): boolean {
  if (name === 'pipefail') {
    shell.options.pipefail = on
    return shell.dialect.name !== 'dash'
  }
  const flag = name.length === 1 ? name : LONG_OPTIONS[name]
  if (!flag || !LETTERS[shell.dialect.name].includes(flag)) return false
  if (on) shell.options.flags.add(flag)
  else shell.options.flags.delete(flag)
  return true
}

/** Whether an option is on, by its name. */
export function optionIsOn(shell: Shell, name: string): boolean {
  if (name === 'pipefail') return shell.options.pipefail
  const flag = LONG_OPTIONS[name]
  return flag ? shell.has(flag) : ALWAYS_ON.has(name)
}

/** What `set -o` lists. */
export function listOptions(shell: Shell): string {
  const lines = optionNames(shell).map(name => {
    const between = shell.dialect.name === 'bash' ? '\t' : ' '
    return `${name.padEnd(15)}${between}${optionIsOn(shell, name) ? 'on' : 'off'}\n`
  })
  return (shell.dialect.name === 'dash' ? 'Current option settings\n' : '') + lines.join('')
}

/** What `set +o` lists: commands that make it so again. */
export const optionCommands = (shell: Shell): string =>
  optionNames(shell)
    .map(name => `set ${optionIsOn(shell, name) ? '-' : '+'}o ${name}\n`)
    .join('')

/** In which order `$-` has them; of busybox and dash it is that of their tables, backwards. */
const SHOWN = { ash: 'VEubaCvxcsnmiIfe', dash: 'pubaCEVvxsnmiIfe' } as const

/** `$-` */
export function flagsOf(shell: Shell): string {
  const { flags } = shell.options
  if (shell.dialect.name !== 'bash') {
    const on = new Set(flags)
    if (shell.interactive) on.add('i').add('m')
    if (shell.from === 'argument' && shell.dialect.name === 'ash') on.add('c')
    if (shell.from === 'input') on.add('s')
    return [...SHOWN[shell.dialect.name]].filter(flag => on.has(flag)).join('')
  }
  const always = new Set(['h', 'B', ...(shell.interactive ? ['i', 'm', 'H'] : [])])
  const set = [...'abefhikmnprtuvxBCEHPT'].filter(flag => flags.has(flag) || always.has(flag)).join('')
  return set + (shell.from === 'argument' ? 'c' : shell.from === 'input' ? 's' : '')
}
