/** What has to be done to some lines to make others of them: what `diff` shows. */

/** Lines of one file against lines of the other: kept (' '), taken out ('-'), put in ('+'). */
export interface Edit {
  sign: ' ' | '-' | '+'
  text: string
}

/** Pairs of lines that are compared all with all; of longer stretches lines that are there once divide them first. */
const ALL_PAIRS = 4_000_000

/** A stretch of lines of either file. */
interface Stretch {
  a: readonly string[]
  b: readonly string[]
}

/** The shortest way from one to the other, as far as that can be had for a price that does not grow with their product. */
export function edits(a: readonly string[], b: readonly string[]): Edit[] {
  const result: Edit[] = []
  const add = (sign: Edit['sign'], lines: readonly string[]): void => {
    for (const text of lines) result.push({ sign, text })
  }
  // The last is looked at first.
  const left: (Stretch | string)[] = [{ a, b }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') {
      add(' ', [next])
      continue
    }
    const { start, end } = sameEnds(next)
    const middle = { a: next.a.slice(start, next.a.length - end), b: next.b.slice(start, next.b.length - end) }
    add(' ', next.a.slice(0, start))
    for (const kept of next.a.slice(next.a.length - end).reverse()) left.push(kept)
    if (middle.a.length * middle.b.length <= ALL_PAIRS) {
      for (const edit of shortest(middle)) result.push(edit)
      continue
    }
    const pieces = divided(middle)
    // One by one: they may be more than a call takes arguments.
    if (pieces) for (const piece of pieces.reverse()) left.push(piece)
    else {
      add('-', middle.a)
      add('+', middle.b)
    }
  }
  return result
}

/** How many lines at either end are the same. */
function sameEnds({ a, b }: Stretch): { start: number; end: number } {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start++
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return { start, end }
}

/** By the longest common subsequence. */
function shortest({ a, b }: Stretch): Edit[] {
  const [m, n] = [a.length, b.length]
  const common = Array.from({ length: m + 1 }, () => new Uint32Array(n + 1))
  for (let i = m - 1; i >= 0; i--)
    for (let j = n - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const result: Edit[] = []
  for (let i = 0, j = 0; i < m || j < n; ) {
    if (i < m && j < n && a[i] === b[j]) {
      result.push({ sign: ' ', text: a[i++]! })
      j++
    } else if (i < m && (j === n || common[i + 1]![j]! >= common[i]![j + 1]!)) result.push({ sign: '-', text: a[i++]! })
    else result.push({ sign: '+', text: b[j++]! })
  }
  return result
}

/** @returns the stretch cut at lines that both have once and in the same order; undefined where there are none */
function divided({ a, b }: Stretch): (Stretch | string)[] | undefined {
  const places = new Map<string, { a: number; b: number; times: number }>()
  for (const [i, line] of a.entries()) {
    const known = places.get(line)
    if (known) known.times = 2
    else places.set(line, { a: i, b: -1, times: 1 })
  }
  for (const [j, line] of b.entries()) {
    const known = places.get(line)
    if (known && known.b >= 0) known.times = 2
    else if (known) known.b = j
  }
  const pairs = longestRise([...places.values()].filter(({ b, times }) => b >= 0 && times === 1))
  if (!pairs.length) return undefined
  const pieces: (Stretch | string)[] = []
  let [i, j] = [0, 0]
  for (const pair of pairs) {
    pieces.push({ a: a.slice(i, pair.a), b: b.slice(j, pair.b) }, a[pair.a]!)
    i = pair.a + 1
    j = pair.b + 1
  }
  pieces.push({ a: a.slice(i), b: b.slice(j) })
  return pieces
}

/** The most of some pairs, which are in order in `a`, that are in order in `b` too. */
function longestRise<P extends { b: number }>(pairs: readonly P[]): P[] {
  /** Of each length the rise with the smallest end, and what comes before it. */
  const ends: number[] = []
  const before: number[] = []
  for (const [i, { b }] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (pairs[ends[middle]!]!.b < b) low = middle + 1
      else high = middle
    }
    before[i] = low ? ends[low - 1]! : -1
    ends[low] = i
  }
  const rise: P[] = []
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) rise.push(pairs[i]!)
  return rise.reverse()
}
