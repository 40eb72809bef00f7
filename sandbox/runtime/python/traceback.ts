/** Tracebacks, in CPython's words: which call, which line, and what of it. */
import { membersOf } from './machine/groups.ts'
import type { Machine } from './machine/machine.ts'
import { PyList } from './objects/containers.ts'
import { qualified } from './objects/show.ts'
import { typeOf } from './objects/types.ts'
import { Instance, PyClass, PyException, PyModule, type TracebackEntry, type Value } from './objects/values.ts'
import type { Expression, Place } from './syntax/tree.ts'

const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n'
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n'
/** Of a call that is repeated, so many are shown. */
const REPEATED = 3
const LIBRARY = '/usr/local/lib/python'

/** Of a group, so many are shown. */
const MOST_MEMBERS = 15
/** Groups deeper than this are only mentioned. */
const DEEPEST_GROUP = 10
const LINE = '-'.repeat(16)

/** Where within groups a traceback stands: how deep, and whether the innermost row of members has to be closed. */
interface Nesting {
  depth: number
  open: boolean
}

const emit = (text: string, { depth }: Nesting, margin = '|'): string =>
  depth ? text.replace(/^/gm, `${' '.repeat(2 * depth)}${margin} `).slice(0, -(2 * depth + 2)) : text

export function traceback(
  machine: Machine,
  exception: PyException,
  seen = new Set<PyException>(),
  nesting: Nesting = { depth: 0, open: false },
): string {
  // The one that was raised first is told of first. A chain may be longer than calls can be deep.
  const chain: { error: PyException; link: string }[] = []
  for (let error: PyException | undefined = exception, link = ''; error && !seen.has(error); ) {
    seen.add(error)
    chain.push({ error, link })
    const { cause, context }: PyException = error
    link = cause instanceof PyException ? CAUSE : CONTEXT
    error = cause instanceof PyException ? cause : cause === undefined ? context : undefined
  }
  let text = ''
  for (const { error, link } of chain.reverse())
    text += ownText(machine, error, seen, nesting) + (link && emit(link, nesting))
  return text
}

/** Of one exception, without what led to it. */
function ownText(machine: Machine, exception: PyException, seen: Set<PyException>, nesting: Nesting): string {
  const members = membersOf(exception)
  if (members && nesting.depth > DEEPEST_GROUP) return emit(`... (max_group_depth is ${DEEPEST_GROUP})\n`, nesting)
  if (members) return groupText(machine, exception, members, seen, nesting)
  const stack = exception.traceback.length
    ? `Traceback (most recent call last):\n${entries(machine, exception.traceback)}`
    : ''
  return emit(stack + lastLines(machine, exception), nesting)
}

/** A group, and each of its members within a frame of lines. */
function groupText(
  machine: Machine,
  exception: PyException,
  members: readonly PyException[],
  seen: Set<PyException>,
  nesting: Nesting,
): string {
  const outermost = nesting.depth === 0
  if (outermost) nesting.depth++
  let text = ''
  if (exception.traceback.length)
    text =
      emit('Exception Group Traceback (most recent call last):\n', nesting, outermost ? '+' : '|') +
      emit(entries(machine, exception.traceback), nesting)
  text += emit(lastLines(machine, exception), nesting)
  const shown = members.slice(0, MOST_MEMBERS)
  const count = Math.min(members.length, MOST_MEMBERS + 1)
  nesting.open = false
  for (let i = 0; i < count; i++) {
    if (i === count - 1) nesting.open = true
    const member = shown[i]
    text += `${' '.repeat(2 * nesting.depth)}${i ? '  ' : '+-'}+${LINE} ${member ? i + 1 : '...'} ${LINE}\n`
    nesting.depth++
    const left = members.length - MOST_MEMBERS
    text += member
      ? traceback(machine, member, seen, nesting)
      : emit(`and ${left} more exception${left > 1 ? 's' : ''}\n`, nesting)
    if (i === count - 1 && nesting.open) {
      text += `${' '.repeat(2 * nesting.depth)}+${'-'.repeat(36)}\n`
      nesting.open = false
    }
    nesting.depth--
  }
  if (outermost) nesting.depth = 0
  return text
}

function entries(machine: Machine, all: readonly TracebackEntry[]): string {
  let text = ''
  // What the library does within is made otherwise here.
  const own = all.filter(({ code }) => !code.file.startsWith(LIBRARY))
  for (let i = 0; i < own.length; ) {
    const entry = own[i]!
    let end = i
    while (end < own.length && own[end]!.code === entry.code && own[end]!.at.line === entry.at.line) end++
    const shown = entryText(machine, entry)
    const repeats = end - i
    text += shown.repeat(Math.min(repeats, REPEATED))
    if (repeats > REPEATED)
      text += `  [Previous line repeated ${repeats - REPEATED} more time${repeats - REPEATED > 1 ? 's' : ''}]\n`
    i = end
  }
  return text
}

function sourceLine(machine: Machine, file: string, line: number): string | undefined {
  // What came by `-c` is shown since 3.13.
  if ((file === '<string>' || file === '<stdin>') && machine.version[1] < 13) return undefined
  return machine.sources.get(file)?.split('\n')[line - 1]
}

function entryText(machine: Machine, { code, at }: TracebackEntry): string {
  const head = `  File "${code.file}", line ${at.line}, in ${code.name}\n`
  const source = sourceLine(machine, code.file, at.line)
  if (source === undefined || !source.trim()) return head
  const shown = `    ${source.trim()}\n`
  return head + shown + (machine.version[1] >= 11 ? carets(machine, source, at) : '')
}

/** Which part of the line it was. */
function carets(machine: Machine, source: string, at: Place): string {
  const indent = source.length - source.trimStart().length
  const end = at.endLine > at.line ? source.trimEnd().length : at.endColumn
  if (end <= at.column) return ''
  const whole = source.slice(0, at.column).trim() === '' && source.slice(end).trim() === ''
  if (isPlainCall(source, at as Expression, end)) return ''
  const marks = anchors(machine, source, at as Expression, end)
  if (whole && !marks) return ''
  const line = marks ?? '^'.repeat(width(source.slice(at.column, end)))
  return `    ${' '.repeat(width(source.slice(indent, at.column)))}${line}\n`
}

/** Characters that take the room of two. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/gu

/** Columns of a terminal. */
const width = (text: string): number => {
  if (/^[\0-\x7f]*$/.test(text)) return text.length
  return [...text].length + (text.match(WIDE)?.length ?? 0)
}

/** A call that is all that is returned or assigned: the line says it already. */
function isPlainCall(source: string, node: Expression, end: number): boolean {
  if (node.kind !== 'call' || source.slice(end).trim()) return false
  // CPython compares columns with bytes here.
  if (/[^\0-\x7f]/.test(source)) return false
  const before = source.slice(0, node.column)
  return /^\s*return\s+$/.test(before) ? node.callee.kind === 'name' : /^\s*\w+\s*=\s*$/.test(before)
}

/** An operator, or the brackets of a call or a subscript, are what an error came from. */
function anchors(machine: Machine, source: string, node: Expression, end: number): string | undefined {
  if (node.endLine !== node.line) return undefined
  const mark = (from: number, to: number): string =>
    '~'.repeat(width(source.slice(node.column, from))) +
    '^'.repeat(width(source.slice(from, to))) +
    '~'.repeat(width(source.slice(to, Math.max(to, end))))
  if (node.kind === 'binary' && node.opColumn !== undefined) return mark(node.opColumn, node.opColumn + node.op.length)
  if (node.kind === 'subscript') {
    const open = source.indexOf('[', node.value.endColumn)
    return open < 0 ? undefined : mark(open, end)
  }
  if (node.kind === 'call' && machine.version[1] >= 13 && node.callee.endLine === node.line) return mark(node.open, end)
  return undefined
}

export function lastLines(machine: Machine, exception: PyException): string {
  const { cls } = exception
  if (cls.builtin && /^(SyntaxError|IndentationError|TabError)$/.test(cls.name) && exception.data)
    return syntaxError(machine, exception)
  const name = cls.builtin && cls.module === 'builtins' ? cls.name : qualifiedShort(cls)
  const text = machine.str(exception)
  return `${name}${text ? `: ${text}` : ''}${suggestion(machine, exception)}\n${notesOf(machine, exception)}`
}

/** What was added by `add_note`. */
function notesOf(machine: Machine, { attrs }: PyException): string {
  const notes = attrs!.get('__notes__')
  return notes instanceof PyList ? notes.items.map(note => `${machine.str(note)}\n`).join('') : ''
}

const qualifiedShort = (cls: PyClass): string =>
  cls.module === '__main__' || cls.module === 'builtins' ? qualified(cls).replace(/^__main__\./, '') : qualified(cls)

function syntaxError(machine: Machine, exception: PyException): string {
  const { file, place } = exception.data as { file: string; place: Place }
  const source = machine.sources.get(file)?.split('\n')[place.line - 1]
  let text = `  File "${file}", line ${place.line}\n`
  if (source?.trim()) {
    const indent = source.length - source.trimStart().length
    const end = place.endLine > place.line ? source.length : Math.max(place.endColumn, place.column + 1)
    text += `    ${source.trim()}\n`
    if (exception.args[0] !== 'unexpected indent')
      text += `    ${' '.repeat(Math.max(0, place.column - indent))}${'^'.repeat(Math.max(1, end - Math.max(place.column, indent)))}\n`
  }
  return `${text}${exception.cls.name}: ${String(exception.args[0])}\n`
}

/** A name that is much like the one that was not found. */
function suggestion(machine: Machine, { cls, attrs }: PyException): string {
  const wanted = attrs!.get('name')
  if (typeof wanted !== 'string') return ''
  if (cls.name === 'NameError') {
    const module = STDLIB.has(wanted)
    const found = nearest(wanted, [...machine.lastNames, ...machine.builtins.keys()])
    if (found) return `. Did you mean: '${found}'?${module ? ` Or did you forget to import '${wanted}'?` : ''}`
    return module ? `. Did you forget to import '${wanted}'?` : ''
  }
  if (cls.name !== 'AttributeError' || !attrs!.has('obj')) return ''
  const found = nearest(wanted, attributeNames(attrs!.get('obj')!))
  return found ? `. Did you mean: '${found}'?` : ''
}

const STDLIB = new Set(
  'argparse base64 collections copy csv datetime enum functools glob hashlib io itertools json logging math os pathlib platform random re shutil signal socket string subprocess sys tempfile textwrap threading time traceback typing uuid'.split(
    ' ',
  ),
)

function attributeNames(value: Value): string[] {
  const own =
    value instanceof PyModule || value instanceof Instance || value instanceof PyClass
      ? [...(value.attrs?.keys() ?? [])]
      : []
  const cls = value instanceof PyClass ? value : typeOf(value)
  return [...own, ...cls.mro.flatMap(c => [...c.attrs.keys()])].filter(name => name !== '__simulated__')
}

const MOVE = 2

/** CPython's measure: a change costs two, one of case only one; a third of the letters may differ. */
function nearest(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const name of [...new Set(names)].sort()) {
    if (name === wanted) continue
    const most = Math.min(((name.length + wanted.length + 3) * MOVE) / 6, least - 1)
    const cost = distance(wanted, name)
    if (cost <= most && cost < least) {
      best = name
      least = cost
    }
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i * MOVE)
  for (let i = 1; i <= a.length; i++) {
    const next = [i * MOVE]
    for (let j = 1; j <= b.length; j++) {
      const [x, y] = [a[i - 1]!, b[j - 1]!]
      const change = x === y ? 0 : x.toLowerCase() === y.toLowerCase() ? 1 : MOVE
      next.push(Math.min(row[j - 1]! + change, row[j]! + MOVE, next[j - 1]! + MOVE))
    }
    row = next
  }
  return row.at(-1)!
}
