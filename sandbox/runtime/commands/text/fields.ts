/** `tr` and `cut`: characters and fields of lines. */
import { type Command, Missing, options, print, Refusal, Usage } from '../command.ts'
import { unescapeText } from '../scripting/text.ts'
import { inputs, lines } from './reading.ts'
import { SETS } from './regexp.ts'

/** The characters of a set of `tr`. */
function characters(spec: string): string[] {
  const named = spec.replace(/\[:(\w+):\]/g, (whole, name: string) => SETS[name] ?? whole)
  const text = unescapeText(named, false).text
  const out: string[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i + 1] === '-' && i + 2 < text.length) {
      for (let c = text.charCodeAt(i); c <= text.charCodeAt(i + 2); c++) out.push(String.fromCharCode(c))
      i += 2
    } else out.push(text[i]!)
  }
  return out
}

export const tr: Command = async call => {
  const flags = options(call, call.flavour === 'gnu' ? '+cCdst' : '+cCds', {
    complement: 'c',
    delete: 'd',
    'squeeze-repeats': 's',
  })
  const [from, to] = flags.rest
  if (from === undefined) throw new Missing('missing operand')
  const unknown = [...from.matchAll(/\[:(\w+):\]/g)].find(([, name]) => !SETS[name!])
  if (unknown && call.flavour === 'gnu') throw new Refusal(`invalid character class '${unknown[1]}'`)
  if (to !== undefined && call.flavour === 'gnu' && flags.has('d') && !flags.has('s'))
    throw new Usage(
      `extra operand '${to}'\nOnly one string may be given when deleting without squeezing repeats.\nTry 'tr --help' for more information.`,
    )
  const backwards = [...from.matchAll(/(.)-(.)/g)].find(([, a, b]) => a! > b!)
  if (backwards && call.flavour === 'gnu')
    throw new Refusal(`range-endpoints of '${backwards[0]}' are in reverse collating sequence order`)
  if (to === undefined && call.flavour === 'gnu' && !flags.has('d') && !flags.has('s'))
    throw new Usage(
      `missing operand after '${from}'\nTwo strings must be given when translating.\nTry 'tr --help' for more information.`,
    )
  const set = new Set(characters(from))
  const inSet = (c: string): boolean => set.has(c) !== (flags.has('c') || flags.has('C'))
  const ordered = [...new Set(characters(from))]
  const target = to === undefined ? undefined : characters(to)
  const squeeze = flags.has('s')
    ? target && !flags.has('d')
      ? new Set(target)
      : target
        ? new Set(target)
        : undefined
    : undefined
  /** What becomes of a character; nothing when it goes. */
  const become = (c: string): string => {
    const hit = inSet(c)
    if (hit && flags.has('d')) return ''
    if (!hit || !target || flags.has('d')) return c
    if (flags.has('c') || flags.has('C')) return target.at(-1)!
    return target[ordered.indexOf(c)] ?? target.at(-1) ?? c
  }
  const known = new Map<string, string>()
  const mappedOf = (c: string): string => {
    let mapped = known.get(c)
    if (mapped === undefined) known.set(c, (mapped = become(c)))
    return mapped
  }
  let previous = ''
  for (let data = await call.process.read(0); data; data = await call.process.read(0)) {
    if (!flags.has('s')) {
      await print(call, translated(data, mappedOf))
      continue
    }
    let out = ''
    for (const c of data) {
      const mapped = mappedOf(c)
      if (!mapped || (mapped === previous && (squeeze ? squeeze.has(mapped) : inSet(c)))) continue
      previous = mapped
      out += mapped
    }
    await print(call, out)
  }
}

/** Runs of one and the same character are common in great texts, and made at once. */
const translated = (data: string, mappedOf: (c: string) => string): string =>
  data.replace(/(.)\1*/gsu, (run, c: string) => mappedOf(c).repeat(run.length / c.length))

/** Ranges of `cut`: 1,3-5,7-. */
function ranges(text: string, gnu: boolean, ofFields: boolean): (n: number) => boolean {
  const list = text.split(/[, ]/).map(part => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (gnu && !match) throw new Usage(`invalid ${ofFields ? 'field value' : 'byte/character position'} '${part}'`)
    if (gnu && part === '-') throw new Usage('invalid range with no endpoint: -')
    if (!match && /^[^\d-]/.test(part)) throw new Usage(`invalid number '${part}'`)
    if (!match || part === '-' || part === '') throw new Usage(`invalid range '${text}'`)
    const from = Number(match[1] || 1)
    if (!gnu && match[3] && Number(match[3]) < from) throw new Refusal(`${match[3]}<${from - 1}`)
    if (!gnu && match[1] === '0') return [1, match[2] ? Number(match[3] || Number.POSITIVE_INFINITY) : 1] as const
    if (gnu && from === 0) throw new Usage(`${ofFields ? 'fields' : 'byte/character positions'} are numbered from 1`)
    if (gnu && match[3] && Number(match[3]) < from) throw new Usage('invalid decreasing range')
    return [from, match[2] ? Number(match[3] || Number.POSITIVE_INFINITY) : from] as const
  })
  return n => list.some(([a, b]) => n >= a && n <= b)
}

const LONG_OPTIONS_OF_CUT = {
  delimiter: 'd',
  fields: 'f',
  characters: 'c',
  bytes: 'b',
  'only-delimited': 's',
  'zero-terminated': 'z',
  'output-delimiter': 'output-delimiter:',
  complement: 'complement',
} as const

export const cut: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? 'd:f:c:b:snz' : 'd:f:c:b:sn', gnu ? LONG_OPTIONS_OF_CUT : {})
  const lists = ['f', 'c', 'b'].flatMap(flag => flags.values(flag))
  if (lists.length > 1) throw gnu ? new Usage('only one list may be specified') : new Missing('')
  const end = flags.has('z') ? '\0' : '\n'
  const delimiter = flags.value('d') ?? '\t'
  if (gnu && [...delimiter].length > 1) throw new Usage('the delimiter must be a single character')
  const fields = flags.value('f')
  const wanted = fields ?? flags.value('c') ?? flags.value('b')
  if (wanted === undefined)
    throw call.flavour === 'gnu'
      ? new Usage('you must specify a list of bytes, characters, or fields')
      : new Refusal('expected a list of bytes, characters, or fields')
  const listed = ranges(wanted, gnu, fields !== undefined)
  const chosen = (n: number): boolean => listed(n) !== flags.has('complement')
  const between = flags.value('output-delimiter') ?? (fields === undefined ? '' : delimiter)
  let code = 0
  for await (const { stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    for await (const raw of lines(call.process, stream, end)) {
      const line = raw.endsWith(end) ? raw.slice(0, -1) : raw
      if (fields !== undefined && !line.includes(delimiter)) {
        if (!flags.has('s')) await print(call, `${line}${end}`)
        continue
      }
      const parts = fields === undefined ? [...line] : line.split(delimiter)
      await print(call, `${parts.filter((_, i) => chosen(i + 1)).join(between)}${end}`)
    }
  }
  return code
}
