/** Commands that pass lines on: head, tail, wc, tee, rev, tac, nl. Each line goes on as it comes. */
import { isErrno } from '../../errno.ts'
import { byteLength } from '../../files/tree.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, type Options, options, print, Refusal, Usage } from '../command.ts'
import { inputs, lines, readAll, shownBeforeColon } from './reading.ts'

const whole = (call: Call, text: string): number => {
  const n = Number(text.replace(/k$/i, '000'))
  if (!/^[-+]?\d+k?$/i.test(text)) {
    const what = call.args.some(arg => /^-c|^--bytes/.test(arg)) ? 'bytes' : 'lines'
    if (call.flavour === 'gnu') throw new Refusal(`invalid number of ${what}: '${text}'`)
    throw new Usage(`invalid number '${text}'`)
  }
  return Math.abs(n)
}

/** `head -5` as `head -n 5`. */
const oldStyle = (call: Call): Call => ({
  ...call,
  args: call.args.flatMap((arg, i, all) =>
    /^-\d+$/.test(arg) && !/^-[nc]$/.test(all[i - 1] ?? '') ? ['-n', arg.slice(1)] : [arg],
  ),
})

/** `head` and `tail` name the files when there are several, unless told otherwise. */
const showsNames = (flags: Options): boolean => (flags.rest.length > 1 && !flags.has('q')) || flags.has('v')

export const head: Command = async call => {
  const zero = call.flavour === 'gnu' ? 'z' : ''
  const flags = options(oldStyle(call), `n:c:qv${zero}`, { lines: 'n', bytes: 'c', quiet: 'q', verbose: 'v' })
  const end = flags.has('z') ? '\0' : '\n'
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromEnd = spec.startsWith('-')
  let code = 0
  let first = true
  const failed = (): void => {
    code = 1
  }
  const entitle = async (name: string): Promise<void> => {
    if (showsNames(flags)) await print(call, `${first ? '' : '\n'}==> ${name} <==\n`)
    first = false
  }
  if (count === 0 && !fromEnd) {
    for (const name of flags.rest) if (call.process.fs.exists(name)) await entitle(name)
    return code
  }
  for await (const input of inputs(call, flags.rest, failed, false, entitle)) {
    await entitle(input.name)
    if (bytes !== undefined) {
      const text = fromEnd ? (await readAll(call.process, input.stream)).slice(0, -count) : undefined
      if (text !== undefined) await print(call, text)
      else {
        let left = count
        while (left > 0) {
          const data = await input.stream.read(call.process, left)
          if (!data) break
          left -= data.length
          await print(call, data)
        }
      }
      continue
    }
    const kept: string[] = []
    let n = 0
    for await (const line of lines(call.process, input.stream, end)) {
      if (!fromEnd) {
        await print(call, line)
        if (++n >= count) break
      } else {
        kept.push(line)
        if (kept.length > count) await print(call, kept.shift()!)
      }
    }
  }
  return code
}

const FOLLOW_MS = 1000

/** `tail -5` and `tail +5`, which GNU takes for one file only. */
function oldTail(call: Call): Call {
  const [first = '', ...rest] = call.args
  if (!/^[-+]\d+$/.test(first)) return oldStyle(call)
  if (call.flavour === 'gnu' && first[0] === '-' && rest.length > 1)
    throw new Refusal(`option used in invalid context -- ${first[1]}`)
  return { ...call, args: ['-n', first.replace('-', ''), ...rest] }
}

/** What `tail -F` says when a name stands for another file than before. */
const another = ({ flavour }: Call, name: string, has: string): string =>
  flavour === 'gnu' ? `'${name}' has ${has};  following new file` : `${name} has ${has}; following end of new file`

export const tail: Command = async call => {
  const old = oldTail(call)
  const zero = call.flavour === 'gnu' ? 'z' : ''
  const flags = options(old, `n:c:fFqvs:${zero}`, {
    lines: 'n',
    bytes: 'c',
    follow: 'follow::',
    retry: 'F',
    quiet: 'q',
    verbose: 'v',
    'sleep-interval': 's',
  })
  const follows = flags.has('f') || flags.has('F') || flags.has('follow')
  const end = flags.has('z') ? '\0' : '\n'
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromStart = spec.startsWith('+')
  let code = 0
  let first = true
  const followed: { name: string; position: number; ino: number | undefined }[] = []
  let anyOpened = false
  const failed = (): void => {
    code = 1
  }
  const entitle = async (name: string): Promise<void> => {
    anyOpened = true
    if (showsNames(flags)) await print(call, `${first ? '' : '\n'}==> ${name} <==\n`)
    first = false
  }
  // Nothing to show and nothing to follow: GNU does not even look.
  if (call.flavour === 'gnu' && !follows && count === 0 && !fromStart) return 0
  for await (const input of inputs(call, flags.rest, failed, false, entitle)) {
    await entitle(input.name)
    const text = await readAll(call.process, input.stream)
    if (bytes !== undefined) await print(call, fromStart ? text.slice(count - 1) : count ? text.slice(-count) : '')
    else {
      const all = (end === '\n' ? text.match(/[^\n]*\n|[^\n]+$/g) : text.match(/[^\0]*\0|[^\0]+$/g)) ?? []
      await print(call, (fromStart ? all.slice(Math.max(0, count - 1)) : count ? all.slice(-count) : []).join(''))
    }
    if (flags.rest.length && input.name !== 'standard input')
      followed.push({ name: input.name, position: text.length, ino: call.process.fs.stat(input.name).ino })
  }
  if (flags.has('F'))
    for (const name of flags.rest)
      if (!followed.some(f => f.name === name)) followed.push({ name, position: 0, ino: undefined })
  if (code && !anyOpened && !followed.length && flags.rest.length && call.flavour === 'busybox')
    await complain(call, 'no files')
  if (!follows || !followed.length) return code
  for (;;) {
    await call.process.sleep(flags.value('s') ? Number(flags.value('s')) * 1000 : FOLLOW_MS)
    for (const file of followed) {
      try {
        const stat = call.process.fs.stat(file.name)
        const text = call.process.fs.readFile(file.name)
        if (flags.has('F') && file.ino !== stat.ino) {
          await complain(call, another(call, file.name, file.ino === undefined ? 'appeared' : 'been replaced'))
          file.position = 0
        }
        file.ino = stat.ino
        if (text.length < file.position) file.position = 0
        if (text.length === file.position) continue
        await print(call, text.slice(file.position))
        file.position = text.length
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error
      }
    }
  }
}

export const wc: Command = async call => {
  const flags = options(call, 'lwcmL', { lines: 'l', words: 'w', bytes: 'c', chars: 'm' })
  const which = ['l', 'w', 'm', 'c', 'L'].filter(flag => flags.has(flag))
  const shown = which.length ? which : ['l', 'w', 'c']
  let code = 0
  const total: Record<string, number> = { l: 0, w: 0, c: 0, m: 0, L: 0 }
  const rows: { counts: Record<string, number>; name: string }[] = []
  const failed = (): void => {
    code = 1
  }
  /** What is no file of a known size is made room for. */
  let wide = (!flags.rest.length || flags.rest.includes('-')) && !call.process.fds[0]?.file
  const nothing = { l: 0, w: 0, c: 0, m: 0, L: 0 }
  const asDirectory = async (name: string): Promise<void> => {
    wide = true
    rows.push({ counts: nothing, name })
  }
  for await (const { name, stream } of inputs(call, flags.rest, failed, false, asDirectory)) {
    const text = await readAll(call.process, stream)
    const counts: Record<string, number> = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      c: byteLength(text),
      // In the locale of containers a character is a byte, to GNU.
      m: call.flavour === 'gnu' ? byteLength(text) : [...text].length,
      L: text.split('\n').reduce((longest, { length }) => Math.max(longest, length), 0),
    }
    for (const key of Object.keys(total)) {
      if (key === 'L') total.L = Math.max(total.L!, counts.L!)
      else total[key]! += counts[key]!
    }
    rows.push({ counts, name: flags.rest.length ? name.replace('standard input', '-') : '' })
  }
  if (flags.rest.length > 1) rows.push({ counts: total, name: 'total' })
  const single = shown.length === 1 && rows.length === 1
  const width =
    call.flavour === 'busybox'
      ? 9
      : // As wide as the sizes of all files together, whatever is counted.
        Math.max(wide ? 7 : 1, String(rows.length > 1 || shown.length > 1 ? total.c : 0).length)
  await print(
    call,
    rows
      .map(
        ({ counts, name }) =>
          `${shown.map(key => (single ? String(counts[key]) : String(counts[key]).padStart(width))).join(' ')}${name ? ` ${name}` : ''}\n`,
      )
      .join(''),
  )
  return code
}

export const tee: Command = async call => {
  const flags = options(call, 'ai', { append: 'a' })
  const files: Stream[] = []
  let code = 0
  for (const name of flags.rest) {
    try {
      files.push(call.process.fs.open(name, flags.has('a') ? 'a' : 'w'))
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(call, `${shownBeforeColon(call, name)}: ${error.message}`)
    }
  }
  for (let data = await call.process.read(0); data; data = await call.process.read(0)) {
    await print(call, data)
    for (const file of files) await file.write(call.process, data)
  }
  return code
}

export const rev: Command = async call => {
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, call.args, failed))
    for await (const line of lines(call.process, stream))
      await print(call, `${[...line.replace(/\n$/, '')].reverse().join('')}\n`)
  return code
}

/** Each file by itself from its end. */
export const tac: Command = async call => {
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, call.args, failed)) {
    const text = await readAll(call.process, stream)
    await print(call, (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''))
  }
  return code
}

export const nl: Command = async call => {
  const flags = options(call, 'b:w:s:n:')
  let n = 0
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, flags.rest, failed)) {
    for await (const line of lines(call.process, stream)) {
      const blank = line === '\n' && flags.value('b') !== 'a'
      await print(
        call,
        blank
          ? `${' '.repeat(7)}\n`
          : `${String(++n).padStart(Number(flags.value('w') ?? 6))}${flags.value('s') ?? '\t'}${line}`,
      )
    }
  }
  return code
}
