/** bash's `shopt`: options with names. Those that change nothing here can be turned on and off all the same. */

import { optionIsOn, optionNames, setOption } from '../options.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out } from './builtin.ts'

const OPTIONS =
  'autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath syslog_history varredir_close xpg_echo'.split(
    ' ',
  )

/** On from the start; an interactive shell has some more. */
const AT_FIRST =
  'checkwinsize cmdhist complete_fullquote extquote force_fignore globasciiranges globskipdots hostcomplete interactive_comments patsub_replacement progcomp promptvars sourcepath'.split(
    ' ',
  )

export const startShopts = (shell: Shell): void => {
  for (const name of AT_FIRST) shell.shopts.add(name)
}

export const shopt: Builtin = async (shell, args) => {
  const flags = args
    .filter(arg => /^-\w/.test(arg))
    .join('')
    .replaceAll('-', '')
  const names = args.filter(arg => !/^-\w/.test(arg))
  const options = flags.includes('o') ? OF_SET : OWN
  let code = 0
  for (const name of names) {
    if (!options.names(shell).includes(name)) {
      await shell.complain(`shopt: ${name}: ${options.unknown}`)
      code = 1
      continue
    }
    if (flags.includes('s')) options.turn(shell, name, true)
    else if (flags.includes('u')) options.turn(shell, name, false)
    else {
      if (!options.isOn(shell, name)) code = 1
      if (!flags.includes('q')) await show(shell, options, name, flags)
    }
  }
  if (names.length) return code
  for (const name of options.names(shell)) {
    const on = options.isOn(shell, name)
    if ((!flags.includes('s') || on) && (!flags.includes('u') || !on)) await show(shell, options, name, flags)
  }
  return 0
}

interface NamedOptions {
  names(shell: Shell): readonly string[]
  unknown: string
  isOn(shell: Shell, name: string): boolean
  turn(shell: Shell, name: string, on: boolean): void
  /** The command that turns one on or off. */
  command(name: string, on: boolean): string
}

const OWN: NamedOptions = {
  names: () => OPTIONS,
  unknown: 'invalid shell option name',
  isOn: (shell, name) => shell.shopts.has(name),
  turn: (shell, name, on) => void (on ? shell.shopts.add(name) : shell.shopts.delete(name)),
  command: (name, on) => `shopt ${on ? '-s' : '-u'} ${name}`,
}

/** `shopt -o`: the options of `set -o`. */
const OF_SET: NamedOptions = {
  names: optionNames,
  unknown: 'invalid option name',
  isOn: optionIsOn,
  turn: setOption,
  command: (name, on) => `set ${on ? '-o' : '+o'} ${name}`,
}

const show = (shell: Shell, options: NamedOptions, name: string, flags: string): Promise<void> => {
  const on = options.isOn(shell, name)
  return out(
    shell,
    flags.includes('p') ? `${options.command(name, on)}\n` : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`,
  )
}
