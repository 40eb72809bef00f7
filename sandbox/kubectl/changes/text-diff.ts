/** A unified diff of two texts, three lines of context, as `diff -u -N` prints it. */

interface Edit {
  kind: ' ' | '-' | '+'
  line: string
}

function edits(a: readonly string[], b: readonly string[]): Edit[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
  const out: Edit[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: ' ', line: a[i++]! })
      j++
    } else if (i < a.length && (j >= b.length || table[i + 1]![j]! >= table[i]![j + 1]!))
      out.push({ kind: '-', line: a[i++]! })
    else out.push({ kind: '+', line: b[j++]! })
  }
  return out
}

const CONTEXT = 3
const lines = (text: string): string[] => (text ? text.replace(/\n$/, '').split('\n') : [])

/** '' where the texts are the same */
export function unifiedDiff(before: string, after: string): string {
  const all = edits(lines(before), lines(after))
  let out = ''
  let [a, b] = [1, 1]
  for (let i = 0; i < all.length; ) {
    const next = all.findIndex((e, n) => n >= i && e.kind !== ' ')
    if (next < 0) break
    let end = next
    for (let n = next, quiet = 0; n < all.length && quiet <= 2 * CONTEXT; n++) {
      if (all[n]!.kind === ' ') quiet++
      else {
        quiet = 0
        end = n
      }
    }
    const from = Math.max(i, next - CONTEXT)
    const to = Math.min(all.length, end + 1 + CONTEXT)
    for (const e of all.slice(i, from)) {
      if (e.kind !== '+') a++
      if (e.kind !== '-') b++
    }
    const hunk = all.slice(from, to)
    const [na, nb] = [hunk.filter(e => e.kind !== '+').length, hunk.filter(e => e.kind !== '-').length]
    const range = (start: number, n: number): string => (n === 1 ? `${start}` : `${n ? start : start - 1},${n}`)
    out += `@@ -${range(a, na)} +${range(b, nb)} @@\n${hunk.map(e => `${e.kind}${e.line}\n`).join('')}`
    a += na
    b += nb
    i = to
  }
  return out
}
