/** `printf` of the shells: the program's, with their own words; and bash's, which can put its text into a variable. */

import { print } from '../../commands/command.ts'
import { BUSYBOX_WORDS, faultByKind, type PrintfWords, printed } from '../../commands/scripting/printf.ts'
import { strftime } from '../../commands/system/date.ts'
import { escaped } from '../expansion/quoting.ts'
import type { Shell } from '../shell.ts'
import { assignTo } from '../variables/array-assignment.ts'
import type { Builtin } from './builtin.ts'

const ash: PrintfWords = { ...BUSYBOX_WORDS, usage: 'usage: printf FORMAT [ARGUMENT...]' }

const dash: PrintfWords = {
  usage: 'usage: printf format [arg ...]',
  letters: 'diouxXeEfFgGaAcsb',
  sizes: '',
  hex: false,
  fault: faultByKind(text => text, 'expected numeric value', 'not completely converted'),
  notADirective: ({ directive, letter }) => (letter ? `${directive}: invalid directive` : 'missing format character'),
}

const bash = (shell: Shell): PrintfWords => ({
  usage: 'usage: printf [-v var] format [arguments]',
  letters: 'diouxXeEfFgGaAcsbq',
  sizes: 'hjlLtz',
  hex: true,
  fault: (text, fault) =>
    fault === 'range'
      ? `warning: ${text}: Numerical result out of range`
      : `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : /^0x/.test(text) ? 'hex ' : ''}number`,
  warnsOfRange: true,
  notADirective: ({ directive, letter }) =>
    letter ? `\`${letter}': invalid format character` : `\`${directive}': missing format character`,
  quoted: escaped,
  moment(format, value) {
    const now = shell.process.clock.now()
    const seconds = Number(value ?? -1)
    return strftime(format || '%H:%M:%S', seconds === -1 ? now : seconds === -2 ? shell.startedAt : seconds * 1000)
  },
})

export const printf: Builtin = async (shell, args, name) => {
  const { dialect } = shell
  const call = {
    process: shell.process,
    name: dialect.name === 'ash' ? shell.applet : shell.saying(name),
    args: args[0] === '--' ? args.slice(1) : args,
    flavour: dialect.name === 'ash' ? ('busybox' as const) : ('gnu' as const),
  }
  const say = (text: string): Promise<void> => print(call, text)
  const words = dialect.name === 'bash' ? bash(shell) : dialect.name === 'dash' ? dash : ash
  if (dialect.name === 'bash' && args[0] === '-v' && args[1] !== undefined) {
    let text = ''
    const keep = async (piece: string): Promise<void> => {
      text += piece
    }
    const made = await printed({ ...call, args: args.slice(2) }, keep, words)
    await assignTo(shell, args[1], text + made.text)
    return made.code
  }
  if (dialect.name === 'bash' && !call.args.length) {
    await shell.process.write(2, `printf: ${words.usage}\n`)
    return 2
  }
  const { text, code } = await printed(call, say, words)
  await say(text)
  return code
}
