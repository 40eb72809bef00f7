/** `{a,b}` and `{1..3}`, where the shell knows them. */
import { parse, type Word } from 'unbash'
import type { Shell } from '../shell.ts'

export function braces(shell: Shell, word: Word): Word[] {
  const index = shell.dialect.name === 'bash' ? (word.parts?.findIndex(p => p.type === 'BraceExpansion') ?? -1) : -1
  if (index < 0) return [word]
  const part = word.parts![index]!
  const range = /^\{(?:(-?\d+)\.\.(-?\d+)|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d+))?\}$/.exec(part.text)
  const texts = range
    ? range[1] === undefined
      ? sequence(range[3]!.charCodeAt(0), range[4]!.charCodeAt(0), Number(range[5] ?? 1)).map(letter)
      : numbers(range[1], range[2]!, Number(range[5] ?? 1))
    : alternatives(part.text.slice(1, -1))
  const before = word.text.slice(0, part.pos - word.pos)
  const after = word.text.slice(part.end - word.pos)
  return texts.flatMap(text => {
    const command = parse(`: ${before}${text}${after}`).commands[0]?.command
    const made = command?.type === 'Command' ? command.suffix[0] : undefined
    return made?.type === 'Word' ? braces(shell, made) : []
  })
}

/** Between the commas that stand in no braces of their own. */
function alternatives(text: string): string[] {
  const out = ['']
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '{') depth++
    if (c === '}') depth--
    if (c === ',' && !depth) out.push('')
    else out[out.length - 1] += c === '\\' ? c + (text[++i] ?? '') : c
  }
  return out
}

const letter = (code: number): string => String.fromCharCode(code)

/** Numbers with a zero before them are all as long as the longer one. */
function numbers(from: string, to: string, step: number): string[] {
  const padded = [from, to].some(text => /^-?0\d/.test(text))
  const width = padded ? Math.max(from.length, to.length) : 0
  const shown = (n: number): string =>
    n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0')
  return sequence(Number(from), Number(to), step).map(shown)
}

function sequence(from: number, to: number, step: number): number[] {
  const out: number[] = []
  const by = Math.max(1, Math.abs(step))
  if (from <= to) for (let i = from; i <= to; i += by) out.push(i)
  else for (let i = from; i >= to; i -= by) out.push(i)
  return out
}
