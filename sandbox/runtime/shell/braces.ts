/** `{a,b}` and `{1..3}`, where the shell knows them. */
import { parse, type Word } from 'unbash'
import type { Shell } from './shell.ts'

export function braces(shell: Shell, word: Word): Word[] {
  const index = shell.dialect.name === 'bash' ? (word.parts?.findIndex(p => p.type === 'BraceExpansion') ?? -1) : -1
  if (index < 0) return [word]
  const part = word.parts![index]!
  const range = /^\{(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\}$/.exec(part.text)
  const texts = range
    ? sequence(Number(range[1]), Number(range[2]), Number(range[3] ?? 1))
    : part.text.slice(1, -1).split(',')
  const before = word.text.slice(0, part.pos - word.pos)
  const after = word.text.slice(part.end - word.pos)
  return texts.flatMap(text => {
    const command = parse(`: ${before}${text}${after}`).commands[0]?.command
    const made = command?.type === 'Command' ? command.suffix[0] : undefined
    return made?.type === 'Word' ? braces(shell, made) : []
  })
}

function sequence(from: number, to: number, step: number): string[] {
  const out: string[] = []
  const by = Math.max(1, Math.abs(step))
  if (from <= to) for (let i = from; i <= to; i += by) out.push(String(i))
  else for (let i = from; i >= to; i -= by) out.push(String(i))
  return out
}
