/** `printf` of the shells: the program's, with their own words; and bash's, which can put its text into a variable. */

import { print } from '../../commands/command.ts'
import { type PrintfWords, printed } from '../../commands/scripting/text.ts'
import { strftime } from '../../commands/system/date.ts'
import { escaped } from '../expansion/quoting.ts'
import type { Shell } from '../shell.ts'
import { assignTo } from '../variables/array-assignment.ts'
import type { Builtin } from './builtin.ts'

const dash: PrintfWords = {
  usage: 'usage: printf format [arg ...]',
  notANumber: text => `${text}: ${/^\s*[-+]?\d/.test(text) ? 'not completely converted' : 'expected numeric value'}`,
  notADirective: rest => `${rest.slice(0, 2)}: invalid directive`,
}

const bash = (shell: Shell): PrintfWords => ({
  usage: 'usage: printf [-v var] format [arguments]',
  notANumber: text => `${text}: invalid ${/^[-+]?0\d+$/.test(text) ? 'octal ' : ''}number`,
  notADirective: rest => `\`${rest[1] ?? '%'}': invalid format character`,
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
  const words = dialect.name === 'bash' ? bash(shell) : dialect.name === 'dash' ? dash : undefined
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
    await shell.process.write(2, `printf: ${words!.usage}\n`)
    return 2
  }
  const { text, code } = await printed(call, say, words)
  await say(text)
  return code
}
