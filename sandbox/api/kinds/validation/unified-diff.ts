/** A unified diff as Go's difflib makes it, which is Python's: the longest common run of lines first, and lines that come often are no anchor for it. */

interface Block {
  a: number
  b: number
  size: number
}

const CONTEXT = 3
/** Of a text of so many lines, those are left out of the search that make up more than a hundredth of it. */
const MANY_LINES = 200

function placesOf(lines: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [i, line] of lines.entries()) {
    const known = places.get(line)
    if (known) known.push(i)
    else places.set(line, [i])
  }
  if (lines.length < MANY_LINES) return places
  const often = Math.floor(lines.length / 100) + 1
  for (const [line, at] of places) if (at.length > often) places.delete(line)
  return places
}

/** The longest run that both have between given lines; of equal ones the first. */
function longest(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [aFrom, aTo, bFrom, bTo]: readonly [number, number, number, number],
): Block {
  const best = { a: aFrom, b: bFrom, size: 0 }
  let before = new Map<number, number>()
  for (let i = aFrom; i < aTo; i++) {
    const here = new Map<number, number>()
    for (const j of places.get(a[i]!) ?? []) {
      if (j < bFrom) continue
      if (j >= bTo) break
      const size = (before.get(j - 1) ?? 0) + 1
      here.set(j, size)
      if (size > best.size) Object.assign(best, { a: i - size + 1, b: j - size + 1, size })
    }
    before = here
  }
  // Lines that come often join a run that is there without them.
  while (best.a > aFrom && best.b > bFrom && a[best.a - 1] === b[best.b - 1]) {
    best.a--
    best.b--
    best.size++
  }
  while (best.a + best.size < aTo && best.b + best.size < bTo && a[best.a + best.size] === b[best.b + best.size])
    best.size++
  return best
}

/** Runs that both have, in order, the last one empty and at the end. */
function commonRuns(a: readonly string[], b: readonly string[]): Block[] {
  const places = placesOf(b)
  const runs: Block[] = []
  const search = (aFrom: number, aTo: number, bFrom: number, bTo: number): void => {
    const run = longest(a, b, places, [aFrom, aTo, bFrom, bTo])
    if (!run.size) return
    if (aFrom < run.a && bFrom < run.b) search(aFrom, run.a, bFrom, run.b)
    runs.push(run)
    if (run.a + run.size < aTo && run.b + run.size < bTo) search(run.a + run.size, aTo, run.b + run.size, bTo)
  }
  search(0, a.length, 0, b.length)
  const joined: Block[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && last.a + last.size === run.a && last.b + last.size === run.b) last.size += run.size
    else joined.push(run)
  }
  return [...joined, { a: a.length, b: b.length, size: 0 }]
}

/** Places where the texts differ: lines of one in place of lines of the other. */
interface Edit {
  a: readonly [from: number, to: number]
  b: readonly [from: number, to: number]
}

function edits(a: readonly string[], b: readonly string[]): Edit[] {
  const list: Edit[] = []
  let [i, j] = [0, 0]
  for (const run of commonRuns(a, b)) {
    if (i < run.a || j < run.b) list.push({ a: [i, run.a], b: [j, run.b] })
    i = run.a + run.size
    j = run.b + run.size
  }
  return list
}

const range = (from: number, to: number): string => {
  const size = to - from
  if (size === 1) return `${from + 1}`
  return `${size ? from + 1 : from},${size}`
}

/** Edits that are near each other share a hunk. */
function hunks(all: readonly Edit[]): Edit[][] {
  const list: Edit[][] = []
  for (const edit of all) {
    const last = list.at(-1)?.at(-1)
    if (last && edit.a[0] - last.a[1] <= 2 * CONTEXT) list.at(-1)!.push(edit)
    else list.push([edit])
  }
  return list
}

export function unifiedDiff(a: readonly string[], b: readonly string[]): string {
  let text = ''
  const say = (mark: string, lines: readonly string[]): void => {
    for (const line of lines) text += `${mark}${line}\n`
  }
  for (const hunk of hunks(edits(a, b))) {
    const [first, last] = [hunk[0]!, hunk.at(-1)!]
    const before = Math.min(CONTEXT, first.a[0])
    const after = Math.min(CONTEXT, a.length - last.a[1])
    const from = first.a[0] - before
    const to = last.a[1] + after
    text += `@@ -${range(from, to)} +${range(first.b[0] - before, last.b[1] + after)} @@\n`
    let at = from
    for (const edit of hunk) {
      say(' ', a.slice(at, edit.a[0]))
      say('-', a.slice(...edit.a))
      say('+', b.slice(...edit.b))
      at = edit.a[1]
    }
    say(' ', a.slice(at, to))
  }
  return text
}
