/** `diff` and `cmp`: in what two files differ. */
import { isErrno } from '../../errno.ts'
import { basename } from '../../files/path.ts'
import { type Call, type Command, complain, Missing, options, print, Usage } from '../command.ts'
import { type Edit, edits } from './edits.ts'
import { inputs, readAll } from './reading.ts'

/** Behind a last line that lacks its newline. */
const UNENDED = '\0'

/** A line as it is shown: one that the text ends with, without a newline, says so. */
const ended = (text: string): string =>
  text.endsWith(UNENDED) ? `${text.slice(0, -1)}\n\\ No newline at end of file\n` : `${text}\n`

const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${start + count - 1}`)

/** As GNU's diff writes it by default: `2c2`, `< b`, `---`, `> c`. */
function normal(all: readonly Edit[]): string {
  let out = ''
  let [left, right] = [0, 0]
  for (let i = 0; i < all.length; ) {
    if (all[i]!.sign === ' ') {
      left++
      right++
      i++
      continue
    }
    const group: Edit[] = []
    while (i < all.length && all[i]!.sign !== ' ') group.push(all[i++]!)
    const gone = group.filter(edit => edit.sign === '-')
    const come = group.filter(edit => edit.sign === '+')
    const [a, b] = [range(left + 1, gone.length), range(right + 1, come.length)]
    out += !come.length ? `${a}d${right}\n` : !gone.length ? `${left}a${b}\n` : `${a}c${b}\n`
    out += gone.map(({ text }) => `< ${ended(text)}`).join('')
    if (gone.length && come.length) out += '---\n'
    out += come.map(({ text }) => `> ${ended(text)}`).join('')
    left += gone.length
    right += come.length
  }
  return out
}

/** Hunks with lines around them. */
function unified(all: readonly Edit[], context: number): string {
  let out = ''
  const near = all.map(() => false)
  all.forEach(({ sign }, i) => {
    if (sign !== ' ') near.fill(true, Math.max(0, i - context), i + context + 1)
  })
  let [left, right] = [1, 1]
  for (let i = 0; i < all.length; ) {
    if (!near[i]) {
      left++
      right++
      i++
      continue
    }
    const hunk: Edit[] = []
    while (i < all.length && near[i]) hunk.push(all[i++]!)
    const [a, b] = [hunk.filter(e => e.sign !== '+').length, hunk.filter(e => e.sign !== '-').length]
    const head = (start: number, count: number): string =>
      count === 1 ? `${start}` : `${count ? start : start - 1},${count}`
    out += `@@ -${head(left, a)} +${head(right, b)} @@\n`
    out += hunk.map(({ sign, text }) => `${sign}${ended(text)}`).join('')
    left += a
    right += b
  }
  return out
}

async function contentOf(call: Call, name: string): Promise<string | undefined> {
  let text: string | undefined
  for await (const { stream } of inputs(call, [name])) text = await readAll(call.process, stream)
  return text
}

/** Why a file cannot be looked at; undefined where it can. */
function unseen({ process: { fs } }: Call, name: string): string | undefined {
  if (name === '-') return undefined
  try {
    fs.stat(name)
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message
  }
}

export const diff: Command = async call => {
  const flags = options(call, 'uqsrNabBwiU:L:', {
    unified: 'u',
    brief: 'q',
    recursive: 'r',
    'new-file': 'N',
    label: 'L',
  })
  const [first, second] = flags.rest
  if (first === undefined || second === undefined)
    throw new Missing(
      first === undefined ? 'missing operand' : `missing operand after '${first}'`,
      call.flavour === 'gnu' ? 2 : 1,
    )
  if (flags.rest.length > 2)
    throw call.flavour === 'gnu' ? new Usage(`extra operand '${flags.rest[2]}'`, 2) : new Missing('')
  if (call.flavour !== 'gnu')
    for (const name of [first, second]) {
      const reason = unseen(call, name)
      if (reason !== undefined) return complain(call, `can't stat '${name}': ${reason}`, 2)
    }
  return compare(call, flags, first, second)
}

async function compare(call: Call, flags: ReturnType<typeof options>, left: string, right: string): Promise<number> {
  const { fs } = call.process
  const isDirectory = (path: string): boolean => path !== '-' && fs.exists(path) && fs.stat(path).type === 'directory'
  if (isDirectory(left) && isDirectory(right)) {
    let code = 0
    const [a, b] = [new Set(fs.readdir(left)), new Set(fs.readdir(right))]
    for (const name of [...new Set([...a, ...b])].sort()) {
      const [x, y] = [`${left}/${name}`, `${right}/${name}`]
      if (!a.has(name) || !b.has(name)) {
        await print(call, `Only in ${a.has(name) ? left : right}: ${name}\n`)
        code = Math.max(code, 1)
      } else if (flags.has('r') || !isDirectory(x)) code = Math.max(code, await compare(call, flags, x, y))
    }
    return code
  }
  const [from, to] = [
    isDirectory(left) ? `${left}/${basename(right)}` : left,
    isDirectory(right) ? `${right}/${basename(left)}` : right,
  ]
  const [a, b] = [await contentOf(call, from), await contentOf(call, to)]
  if (a === undefined || b === undefined) return 2
  if (a === b) {
    if (flags.has('s')) await print(call, `Files ${from} and ${to} are identical\n`)
    return 0
  }
  if (flags.has('q')) {
    await print(call, `Files ${from} and ${to} differ\n`)
    return 1
  }
  const linesOf = (text: string): string[] => {
    if (text === '') return []
    return text.endsWith('\n') ? text.slice(0, -1).split('\n') : `${text}${UNENDED}`.split('\n')
  }
  const [old, changed] = [linesOf(a), linesOf(b)]
  const pause = call.process.tick((old.length + changed.length) / 10_000)
  if (pause) await pause
  const all = edits(old, changed)
  // busybox knows the unified form only.
  if (call.flavour === 'gnu' && !flags.has('u') && !flags.has('U')) await print(call, normal(all))
  else {
    const [x = from, y = to] = flags.values('L')
    const when = (path: string): string =>
      call.flavour === 'busybox' || flags.has('L') || !fs.exists(path)
        ? ''
        : `\t${new Date(fs.stat(path).mtime).toISOString().slice(0, 23).replace('T', ' ')}000000 +0000`
    await print(call, `--- ${x}${when(from)}\n+++ ${y}${when(to)}\n${unified(all, Number(flags.value('U') ?? 3))}`)
  }
  return 1
}

export const cmp: Command = async call => {
  const flags = options(call, 'sl', { silent: 's', quiet: 's' })
  const [first, second = '-'] = flags.rest
  if (first === undefined) throw new Missing('missing operand', call.flavour === 'gnu' ? 2 : 1)
  if (call.flavour !== 'gnu')
    for (const name of [first, second]) {
      const reason = unseen(call, name)
      if (reason !== undefined) return complain(call, `${name}: ${reason}`, 2)
    }
  const [a, b] = [await contentOf(call, first), await contentOf(call, second)]
  if (a === undefined || b === undefined) return 2
  if (a === b) return 0
  if (flags.has('s')) return 1
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  if (at === a.length || at === b.length) {
    const shorter = at === a.length ? first : second
    return complain(call, call.flavour === 'gnu' ? `EOF on ${shorter} after byte ${at}` : `EOF on ${shorter}`)
  }
  const line = a.slice(0, at).split('\n').length
  await print(call, `${first} ${second} differ: ${call.flavour === 'gnu' ? 'byte' : 'char'} ${at + 1}, line ${line}\n`)
  return 1
}
