/** `xargs`: commands with words of standard input. */
import { isErrno } from '../errno.ts'
import { type Command, complain, options } from './command.ts'
import { readAll } from './reading.ts'
import { unescapeText } from './text.ts'

/** Words as a shell would take them apart, though without expanding anything. @returns undefined when a quote is left open */
function quotedWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"' || c === "'") {
      const end = text.indexOf(c, i + 1)
      if (end < 0 || text.slice(i, end).includes('\n')) return undefined
      word = (word ?? '') + text.slice(i + 1, end)
      i = end
    } else if (c === '\\') word = (word ?? '') + (text[++i] ?? '')
    else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + c
  }
  if (word !== undefined) words.push(word)
  return words
}

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
        : quotedWords(text)
  if (words === undefined)
    return complain(
      call,
      call.flavour === 'gnu'
        ? `unmatched ${/'/.test(text) ? 'single' : 'double'} quote; by default quotes are special to xargs unless you use the -0 option`
        : `unmatched ${/'/.test(text) ? 'single' : 'double'} quote`,
    )
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
