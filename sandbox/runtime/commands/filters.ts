/** Commands that pass lines on: head, tail, wc, tee, rev, tac, nl. Each line goes on as it comes. */
import { isErrno } from '../errno.ts'
import type { Stream } from '../process.ts'
import { byteLength } from '../tree.ts'
import { type Call, type Command, complain, type Options, options, print, Usage } from './command.ts'
import { allText, inputs, lines, readAll } from './reading.ts'

const whole = (call: Call, text: string): number => {
  const n = Number(text.replace(/k$/i, '000'))
  if (!/^[-+]?\d+k?$/i.test(text))
    throw new Usage(call.flavour === 'gnu' ? `invalid number of lines: '${text}'` : `invalid number '${text}'`)
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
  const flags = options(oldStyle(call), 'n:c:qv', { lines: 'n', bytes: 'c' })
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromEnd = spec.startsWith('-')
  let code = 0
  let first = true
  for await (const input of inputs(call, flags.rest, () => {
    code = 1
  })) {
    if (showsNames(flags)) await print(call, `${first ? '' : '\n'}==> ${input.name} <==\n`)
    first = false
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
    if (count === 0 && !fromEnd) continue
    for await (const line of lines(call.process, input.stream)) {
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

/** What `tail -F` says when a name stands for another file than before. */
const another = ({ flavour }: Call, name: string, has: string): string =>
  flavour === 'gnu' ? `'${name}' has ${has};  following new file` : `${name} has ${has}; following end of new file`

export const tail: Command = async call => {
  const flags = options(oldStyle(call), 'n:c:fFqvs:', { lines: 'n', bytes: 'c', follow: 'f' })
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromStart = spec.startsWith('+')
  let code = 0
  let first = true
  const followed: { name: string; position: number; ino: number | undefined }[] = []
  for await (const input of inputs(call, flags.rest, () => {
    code = 1
  })) {
    if (showsNames(flags)) await print(call, `${first ? '' : '\n'}==> ${input.name} <==\n`)
    first = false
    const text = await readAll(call.process, input.stream)
    if (bytes !== undefined) await print(call, fromStart ? text.slice(count - 1) : count ? text.slice(-count) : '')
    else {
      const all = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
      await print(call, (fromStart ? all.slice(Math.max(0, count - 1)) : count ? all.slice(-count) : []).join(''))
    }
    if (flags.rest.length && input.name !== 'standard input')
      followed.push({ name: input.name, position: text.length, ino: call.process.fs.stat(input.name).ino })
  }
  if (flags.has('F'))
    for (const name of flags.rest)
      if (!followed.some(f => f.name === name)) followed.push({ name, position: 0, ino: undefined })
  if (code && !followed.length && flags.rest.length && call.flavour === 'busybox') await complain(call, 'no files')
  if ((!flags.has('f') && !flags.has('F')) || !followed.length) return code
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
  for await (const { name, stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    const text = await readAll(call.process, stream)
    const counts: Record<string, number> = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      c: byteLength(text),
      m: [...text].length,
      L: Math.max(0, ...text.split('\n').map(l => l.length)),
    }
    for (const key of Object.keys(total)) total[key]! += counts[key]!
    rows.push({ counts, name: flags.rest.length ? name : '' })
  }
  if (flags.rest.length > 1) rows.push({ counts: total, name: 'total' })
  const single = shown.length === 1 && rows.length === 1
  const width =
    call.flavour === 'busybox'
      ? 9
      : // As wide as the sizes of all files together, whatever is counted.
        Math.max(flags.rest.length ? 1 : 7, String(rows.length > 1 || shown.length > 1 ? total.c : 0).length)
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
      code = await complain(call, `${name}: ${error.message}`)
    }
  }
  for (let data = await call.process.read(0); data; data = await call.process.read(0)) {
    await print(call, data)
    for (const file of files) await file.write(call.process, data)
  }
  return code
}

export const rev: Command = async call => {
  for await (const { stream } of inputs(call, call.args))
    for await (const line of lines(call.process, stream))
      await print(call, `${[...line.replace(/\n$/, '')].reverse().join('')}\n`)
}

export const tac: Command = async call =>
  print(call, ((await allText(call, call.args)).match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''))

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
