/** `xargs`: commands with words of standard input. */
import { isErrno } from '../errno.ts'
import { type Command, complain, options } from './command.ts'
import { readAll } from './reading.ts'
import { unescapeText } from './text.ts'

export const xargs: Command = async call => {
  const flags = options(call, '+n:I:0rtP:d:L:i', { null: '0', 'max-args': 'n', 'no-run-if-empty': 'r', replace: 'I' })
  const text = await readAll(call.process, call.process.fds[0]!)
  const replace = flags.value('I')
  const words = flags.has('0')
    ? text.split('\0').filter(Boolean)
    : replace || flags.has('L')
      ? text
          .split('\n')
          .map(l => l.trim())
          .filter(Boolean)
      : flags.value('d')
        ? text.replace(/\n$/, '').split(unescapeText(flags.value('d')!, false).text)
        : (text.match(/"[^"]*"|'[^']*'|(?:\\.|\S)+/g) ?? []).map(w => w.replace(/^(["'])(.*)\1$/s, '$2'))
  const command = flags.rest.length ? flags.rest : ['echo']
  const runs: string[][] = []
  if (replace) for (const word of words) runs.push(command.map(part => part.replaceAll(replace, word)))
  else {
    const per = Number(flags.value('n') ?? flags.value('L') ?? Number.POSITIVE_INFINITY)
    for (let i = 0; i < words.length; i += per) {
      runs.push([...command, ...words.slice(i, i + per)])
      if (per === Number.POSITIVE_INFINITY) break
    }
    if (!words.length && !flags.has('r')) runs.push([...command])
  }
  let code = 0
  for (const argv of runs) {
    if (flags.has('t')) await call.process.write(2, `${argv.join(' ')}\n`)
    try {
      const child = call.process.spawn({ argv, fds: { 0: call.process.fs.open('/dev/null', 'r') } })
      const { status } = await call.process.wait(child.pid)
      if (status.code === 255) return 124
      if (status.code) code = 123
    } catch (error) {
      if (!isErrno(error)) throw error
      return complain(call, `${argv[0]}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
    }
  }
  return code
}
