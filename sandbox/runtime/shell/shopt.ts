/** bash's `shopt`: options with names. Those that change nothing here can be turned on and off all the same. */
import { type Builtin, out } from './builtin.ts'
import { setOption } from './options.ts'
import type { Shell } from './shell.ts'

const OPTIONS =
  'assoc_expand_once autocd cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath syslog_history varredir_close xpg_echo'.split(
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
  if (flags.includes('o')) return setNamed(shell, flags, names)
  let code = 0
  for (const name of names) {
    if (!OPTIONS.includes(name)) {
      await shell.complain(`shopt: ${name}: invalid shell option name`)
      code = 1
      continue
    }
    if (flags.includes('s')) shell.shopts.add(name)
    else if (flags.includes('u')) shell.shopts.delete(name)
    else {
      if (!shell.shopts.has(name)) code = 1
      if (!flags.includes('q')) await show(shell, name, flags)
    }
  }
  if (names.length) return code
  for (const name of OPTIONS) {
    const on = shell.shopts.has(name)
    if ((!flags.includes('s') || on) && (!flags.includes('u') || !on)) await show(shell, name, flags)
  }
  return 0
}

const show = (shell: Shell, name: string, flags: string): Promise<void> => {
  const on = shell.shopts.has(name)
  return out(
    shell,
    flags.includes('p') ? `shopt ${on ? '-s' : '-u'} ${name}\n` : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`,
  )
}

/** `shopt -so pipefail`: the options of `set -o`. */
async function setNamed(shell: Shell, flags: string, names: readonly string[]): Promise<number> {
  let code = 0
  for (const name of names) {
    if (setOption(shell, name, !flags.includes('u'))) continue
    await shell.complain(`shopt: ${name}: invalid option name`)
    code = 1
  }
  return code
}
