/** `diff` and `cmp`: in what two files differ. */
import { bytesOfText } from '../../../bytes.ts'
import { isErrno } from '../../errno.ts'
import { basename } from '../../files/path.ts'
import { type Call, type Command, complain, Missing, type Options, options, print, Refusal, Usage } from '../command.ts'
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
    'ignore-case': 'i',
    'ignore-all-space': 'w',
    'ignore-space-change': 'b',
    'ignore-blank-lines': 'B',
    text: 'a',
    'report-identical-files': 's',
  })
  if (flags.has('B')) throw new Refusal('-B is not simulated', 2)
  const [first, second] = flags.rest
  if (first === undefined || second === undefined)
    throw new Missing(
      first === undefined ? 'missing operand' : `missing operand after '${first}'`,
      call.flavour === 'gnu' ? 2 : 1,
    )
  if (flags.rest.length > 2)
    throw call.flavour === 'gnu' ? new Usage(`extra operand '${flags.rest[2]}'`, 2) : new Missing('')
  if (call.flavour !== 'gnu' && !flags.has('N'))
    for (const name of [first, second]) {
      const reason = unseen(call, name)
      if (reason !== undefined) return complain(call, `can't stat '${name}': ${reason}`, 2)
    }
  return compare(call, flags, first, second)
}

/** What of a line counts, where some differences do not. */
function countingOf(flags: Options): (line: string) => string {
  const spaced = (line: string): string => {
    if (flags.has('w')) return line.replace(/[ \t]+/g, '')
    return flags.has('b') ? line.replace(/[ \t]+/g, ' ').trimEnd() : line
  }
  return line => (flags.has('i') ? spaced(line).toLowerCase() : spaced(line))
}

/** The edits between lines of which not all counts: what is kept is shown as the first file has it. */
function countingEdits(old: readonly string[], changed: readonly string[], flags: Options): Edit[] {
  const counting = countingOf(flags)
  let [i, j] = [0, 0]
  return edits(old.map(counting), changed.map(counting)).map(({ sign }) => {
    const text = sign === '+' ? changed[j]! : old[i]!
    if (sign !== '+') i++
    if (sign !== '-') j++
    return { sign, text }
  })
}

/** @param within whether the two were found in directories that are compared */
async function compare(call: Call, flags: Options, left: string, right: string, within = false): Promise<number> {
  const { fs } = call.process
  const isDirectory = (path: string): boolean => path !== '-' && fs.exists(path) && fs.stat(path).type === 'directory'
  // With -N what one side lacks is empty there.
  const lacks = (path: string, other: string): boolean =>
    flags.has('N') && path !== '-' && !fs.exists(path) && (other === '-' || fs.exists(other))
  const isTree = (path: string, other: string): boolean => isDirectory(path) || (within && lacks(path, other))
  if (isTree(left, right) && isTree(right, left) && (isDirectory(left) || isDirectory(right))) {
    const namesIn = (path: string): readonly string[] => (isDirectory(path) ? fs.readdir(path) : [])
    let code = 0
    const [a, b] = [new Set(namesIn(left)), new Set(namesIn(right))]
    for (const name of [...new Set([...a, ...b])].sort()) {
      const [x, y] = [`${left}/${name}`, `${right}/${name}`]
      if ((!a.has(name) || !b.has(name)) && !flags.has('N')) {
        await print(call, `Only in ${a.has(name) ? left : right}: ${name}\n`)
        code = Math.max(code, 1)
      } else if (isDirectory(x) && isDirectory(y) && !flags.has('r'))
        await print(call, `Common subdirectories: ${x} and ${y}\n`)
      else code = Math.max(code, await compare(call, flags, x, y, true))
    }
    return code
  }
  const [from, to] = [
    isDirectory(left) ? `${left}/${basename(right)}` : left,
    isDirectory(right) ? `${right}/${basename(left)}` : right,
  ]
  const a = lacks(from, to) ? '' : await contentOf(call, from)
  const b = lacks(to, from) ? '' : await contentOf(call, to)
  if (a === undefined || b === undefined) return 2
  const linesOf = (text: string): string[] => {
    if (text === '') return []
    return text.endsWith('\n') ? text.slice(0, -1).split('\n') : `${text}${UNENDED}`.split('\n')
  }
  const [old, changed] = [linesOf(a), linesOf(b)]
  const pause = call.process.tick((old.length + changed.length) / 10_000)
  if (pause) await pause
  const all = a === b ? [] : countingEdits(old, changed, flags)
  if (all.every(({ sign }) => sign === ' ')) {
    if (flags.has('s')) await print(call, `Files ${from} and ${to} are identical\n`)
    return 0
  }
  if (flags.has('q')) {
    await print(call, `Files ${from} and ${to} differ\n`)
    return 1
  }
  // GNU's says how it would be asked for these two alone.
  if (within && call.flavour === 'gnu') {
    const asked = call.args.filter(arg => arg.length > 1 && arg.startsWith('-'))
    await print(call, `${['diff', ...asked, from, to].join(' ')}\n`)
  }
  // busybox knows the unified form only.
  if (call.flavour === 'gnu' && !flags.has('u') && !flags.has('U')) await print(call, normal(all))
  else {
    const [x = from, y = to] = flags.values('L')
    const when = (path: string, other: string): string => {
      if (call.flavour === 'busybox' || flags.has('L')) return ''
      if (!fs.exists(path) && !lacks(path, other)) return ''
      const changed = lacks(path, other) ? 0 : fs.stat(path).mtime
      return `\t${new Date(changed).toISOString().slice(0, 23).replace('T', ' ')}000000 +0000`
    }
    await print(
      call,
      `--- ${x}${when(from, to)}\n+++ ${y}${when(to, from)}\n${unified(all, Number(flags.value('U') ?? 3))}`,
    )
  }
  return 1
}

export const cmp: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, 'sl', gnu ? { silent: 's', quiet: 's', verbose: 'l' } : {})
  const [first, second = '-'] = flags.rest
  if (first === undefined) throw new Missing('missing operand', gnu ? 2 : 1)
  if (!gnu)
    for (const name of [first, second]) {
      const reason = unseen(call, name)
      if (reason !== undefined) return complain(call, `${name}: ${reason}`, 2)
    }
  const [one, other] = [await contentOf(call, first), await contentOf(call, second)]
  if (one === undefined || other === undefined) return 2
  if (one === other) return 0
  if (flags.has('s')) return 1
  const [a, b] = [bytesOfText(one), bytesOfText(other)]
  const length = Math.min(a.length, b.length)
  if (flags.has('l')) await print(call, differences(a, b, gnu ? String(length).length : 0))
  let at = 0
  while (at < length && (a[at] === b[at] || flags.has('l'))) at++
  const line = 1 + a.subarray(0, at).filter(byte => byte === NEWLINE).length
  if (at < length) {
    await print(call, `${first} ${second} differ: ${gnu ? 'byte' : 'char'} ${at + 1}, line ${line}\n`)
    return 1
  }
  if (a.length === b.length) return 1
  const shorter = at === a.length ? first : second
  if (!gnu) return complain(call, `EOF on ${shorter}`)
  if (!at) return complain(call, `EOF on ${shorter} which is empty`)
  const ends = a[at - 1] === NEWLINE ? `, line ${line - 1}` : `, in line ${line}`
  return complain(call, `EOF on ${shorter} after byte ${at}${flags.has('l') ? '' : ends}`)
}

const NEWLINE = 10

/** Each byte that is another: where it stands, and both in octal. @param width of the places */
function differences(a: Uint8Array, b: Uint8Array, width: number): string {
  const octal = (byte: number): string => byte.toString(8).padStart(3)
  let out = ''
  for (let i = 0; i < a.length && i < b.length; i++)
    if (a[i] !== b[i]) out += `${String(i + 1).padStart(width)} ${octal(a[i]!)} ${octal(b[i]!)}\n`
  return out
}
