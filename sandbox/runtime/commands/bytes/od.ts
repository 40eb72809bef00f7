/** `od`: bytes as numbers or characters, in lines of sixteen, in as many ways at once as one likes. */
import { bytesOfText } from '../../../bytes.ts'
import { type Call, type Command, options, print, Refusal } from '../command.ts'
import { allText } from '../text/reading.ts'

interface Form {
  /** Bytes to a number. */
  size: number
  /** Characters to a number. */
  width: number
  show(value: bigint): string
}

const NAMED: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
const CONTROLS =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  )

const character: Form = {
  size: 1,
  width: 3,
  show(value) {
    const code = Number(value)
    return NAMED[code] ?? (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : code.toString(8).padStart(3, '0'))
  },
}
const named: Form = {
  size: 1,
  width: 3,
  show(value) {
    const code = Number(value) & 0x7f
    return CONTROLS[code] ?? (code === 0x7f ? 'del' : String.fromCharCode(code))
  },
}

const DIGITS: Readonly<Record<string, readonly [radix: number, widths: Readonly<Record<number, number>>]>> = {
  o: [8, { 1: 3, 2: 6, 4: 11, 8: 22 }],
  x: [16, { 1: 2, 2: 4, 4: 8, 8: 16 }],
  u: [10, { 1: 3, 2: 5, 4: 10, 8: 20 }],
  d: [10, { 1: 4, 2: 6, 4: 11, 8: 20 }],
}

function number(kind: string, size: number): Form {
  const [radix, widths] = DIGITS[kind]!
  const width = widths[size]!
  return {
    size,
    width,
    show(value) {
      const signed = kind === 'd' ? BigInt.asIntN(size * 8, value) : value
      const text = signed.toString(radix)
      return radix === 10 ? text : text.padStart(width, '0')
    },
  }
}

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 }

/** `x1`, `c`, `o2x1` … */
function formsOf(type: string): Form[] {
  const forms: Form[] = []
  const rest = type.replace(/([acdoux])([1248CSIL]?)/g, (_, kind: string, size: string) => {
    if (kind === 'c') forms.push(character)
    else if (kind === 'a') forms.push(named)
    else forms.push(number(kind, SIZES[size] ?? Number(size || 4)))
    return ''
  })
  if (rest) throw new Refusal(`invalid type string '${type}'`)
  return forms
}

const SHORT: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  i: 'd4',
  l: 'd8',
  o: 'o2',
  s: 'd2',
  x: 'x2',
}

const ADDRESS: Readonly<Record<string, (at: number) => string>> = {
  o: at => at.toString(8).padStart(7, '0'),
  x: at => at.toString(16).padStart(6, '0'),
  d: at => String(at).padStart(7, '0'),
  n: () => '',
}

function asked(call: Call) {
  const flags = options(call, 'abcdiloxst:A:N:j:vw:', {
    format: 't',
    'address-radix': 'A',
    'read-bytes': 'N',
    'skip-bytes': 'j',
    'output-duplicates': 'v',
    width: 'w',
  })
  const types = [
    ...Object.keys(SHORT)
      .filter(flag => flags.has(flag))
      .map(flag => SHORT[flag]!),
    ...flags.values('t'),
  ]
  const address = ADDRESS[flags.value('A') ?? 'o']
  if (!address) throw new Refusal(`bad output address radix '${flags.value('A')}'`)
  return { flags, address, forms: (types.length ? types : ['o2']).flatMap(formsOf) }
}

export const od: Command = async call => {
  const { flags, address, forms } = asked(call)
  let missing = 0
  const text = await allText(call, flags.rest, () => {
    missing++
  })
  if (missing && missing === flags.rest.length) return 1
  const start = Number(flags.value('j') ?? 0)
  const end = flags.has('N') ? start + Number(flags.value('N')) : undefined
  const bytes = bytesOfText(text).subarray(start, end)
  const width = Number(flags.value('w') ?? 16)
  // All forms of a line stand below one another.
  const perByte = Math.max(...forms.map(form => Math.ceil((form.width + 1) / form.size)))
  let out = ''
  let last = ''
  let starred = false
  for (let at = 0; at < bytes.length; at += width) {
    const row = bytes.subarray(at, at + width)
    const lines = forms.map(form => line(row, form, forms.length > 1 ? perByte * form.size : form.width + 1))
    const shown = lines.join('\n')
    if (shown === last && row.length === width && !flags.has('v')) {
      if (!starred) out += '*\n'
      starred = true
      continue
    }
    const label = address(start + at)
    out += lines.map((words, i) => `${i ? ' '.repeat(label.length) : label}${words}\n`).join('')
    last = shown
    starred = false
  }
  const label = address(start + bytes.length)
  await print(call, label ? `${out}${label}\n` : out)
  return missing ? 1 : 0
}

function line(row: Uint8Array, { size, show }: Form, width: number): string {
  let out = ''
  for (let at = 0; at < row.length; at += size) {
    let value = 0n
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(row[at + i] ?? 0)
    out += show(value).padStart(width)
  }
  return out
}
