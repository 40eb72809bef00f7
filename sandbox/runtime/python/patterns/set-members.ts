/** What stands between the brackets of a set: characters, ranges, classes of characters. */
import { isOf } from './characters.ts'
import type { escapeOf } from './escapes.ts'
import type { PatternReader } from './reader.ts'
import { BadPattern } from './tree.ts'

type Test = (code: number) => boolean
type Part = { code: number } | { test: Test }

/**
 * Reads up to the closing bracket.
 * @param start where the set begins, for its errors
 * @param readEscape reads what begins with this backslash
 * @throws BadPattern
 */
export function setMembers(
  reader: PatternReader,
  start: number,
  ascii: boolean,
  readEscape: (next: string) => ReturnType<typeof escapeOf>,
): { not: boolean; members: Test[] } {
  const not = reader.accept('^')
  const members: Test[] = []
  let first = true
  const part = (): Part => {
    const next = reader.take()
    if (next === undefined) throw new BadPattern('unterminated character set', start)
    if (next[0] !== '\\') return { code: next.codePointAt(0)! }
    const found = readEscape(next)
    return 'code' in found ? found : { test: isOf((found as { kind: 'd' }).kind, ascii) }
  }
  for (;;) {
    if (reader.next === undefined) throw new BadPattern('unterminated character set', start)
    if (!first && reader.accept(']')) return { not, members }
    first = false
    const begin = reader.at
    const low = part()
    if (reader.accept('-')) {
      if (reader.next === undefined) throw new BadPattern('unterminated character set', start)
      if (reader.next === ']') {
        members.push(testOf(low), code => code === 45)
        continue
      }
      const high = part()
      if (!('code' in low && 'code' in high) || high.code < low.code)
        throw new BadPattern(`bad character range ${textSince(reader, begin)}`, begin)
      const [from, to] = [low.code, high.code]
      members.push(code => code >= from && code <= to)
    } else members.push(testOf(low))
  }
}

const testOf = (part: Part): Test => ('test' in part ? part.test : code => code === part.code)

/** What was read since then. */
function textSince(reader: PatternReader, from: number): string {
  const to = reader.at
  reader.at = from
  let text = ''
  while (reader.at < to) text += reader.take()
  return text
}
