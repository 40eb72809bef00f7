/**
 * Sorts as Go's `sort.Sort` does. It is not stable, so where equals end up is its own choice, which people see in every list that is sorted by a time:
 * pattern-defeating quicksort, by insertion where a part is short, by a heap where pivots keep failing.
 */

type Less<T> = (a: T, b: T) => boolean
type Hint = 'increasing' | 'decreasing' | 'unknown'

const SHORT = 12
/** From this length on a pivot is the median of three medians, and a nearly sorted part is worth a few shifts. */
const LONG = 50
const SHIFTS = 5
/** So many swaps the search for a median of medians makes in a descending part. */
const ALL_SWAPPED = 12

/** In place. */
export function goSort<T>(list: T[], isLess: Less<T>): void {
  new Sorting(list, isLess).run(0, list.length, bits(list.length))
}

const bits = (n: number): number => 32 - Math.clz32(n)

class Sorting<T> {
  readonly #list: T[]
  readonly #isLess: Less<T>

  constructor(list: T[], isLess: Less<T>) {
    this.#list = list
    this.#isLess = isLess
  }

  #less(i: number, j: number): boolean {
    return this.#isLess(this.#list[i]!, this.#list[j]!)
  }
  #swap(i: number, j: number): void {
    const held = this.#list[i]!
    this.#list[i] = this.#list[j]!
    this.#list[j] = held
  }

  /** Sorts [from, to); after so many bad pivots a heap takes over. */
  run(from: number, to: number, badPivots: number): void {
    let balanced = true
    let partitioned = true
    for (;;) {
      const length = to - from
      if (length <= SHORT || badPivots === 0) {
        if (length <= SHORT) this.#byInsertion(from, to)
        else this.#byHeap(from, to)
        return
      }
      if (!balanced) {
        this.#breakPattern(from, to)
        badPivots--
      }
      let [pivot, hint] = this.#choosePivot(from, to)
      if (hint === 'decreasing') {
        for (let i = from, j = to - 1; i < j; i++, j--) this.#swap(i, j)
        pivot = to - 1 - (pivot - from)
        hint = 'increasing'
      }
      if (balanced && partitioned && hint === 'increasing' && this.#nearlySorted(from, to)) return
      // The pivot equals what stands before this part: what equals it is done with.
      if (from > 0 && !this.#less(from - 1, pivot)) {
        from = this.#partitionEqual(from, to, pivot)
        continue
      }
      const [middle, already] = this.#partition(from, to, pivot)
      partitioned = already
      const [left, right] = [middle - from, to - middle]
      balanced = Math.min(left, right) >= Math.floor(length / 8)
      if (left < right) {
        this.run(from, middle, badPivots)
        from = middle + 1
      } else {
        this.run(middle + 1, to, badPivots)
        to = middle
      }
    }
  }

  #byInsertion(from: number, to: number): void {
    for (let i = from + 1; i < to; i++) for (let j = i; j > from && this.#less(j, j - 1); j--) this.#swap(j, j - 1)
  }

  #byHeap(first: number, to: number): void {
    const size = to - first
    for (let i = Math.floor((size - 1) / 2); i >= 0; i--) this.#sift(i, size, first)
    for (let i = size - 1; i >= 0; i--) {
      this.#swap(first, first + i)
      this.#sift(0, i, first)
    }
  }

  #sift(root: number, size: number, first: number): void {
    for (let child = 2 * root + 1; child < size; child = 2 * root + 1) {
      if (child + 1 < size && this.#less(first + child, first + child + 1)) child++
      if (!this.#less(first + root, first + child)) return
      this.#swap(first + root, first + child)
      root = child
    }
  }

  /** What is less than the pivot before it, all else after it; whether it was so already. */
  #partition(from: number, to: number, pivot: number): [number, boolean] {
    this.#swap(from, pivot)
    let i = from + 1
    let j = to - 1
    let already = true
    for (;;) {
      while (i <= j && this.#less(i, from)) i++
      while (i <= j && !this.#less(j, from)) j--
      if (i > j) break
      already = false
      this.#swap(i++, j--)
    }
    this.#swap(j, from)
    return [j, already]
  }

  /** What equals the pivot before what is greater; where the greater ones begin. */
  #partitionEqual(from: number, to: number, pivot: number): number {
    this.#swap(from, pivot)
    let i = from + 1
    let j = to - 1
    for (;;) {
      while (i <= j && !this.#less(from, i)) i++
      while (i <= j && this.#less(from, j)) j--
      if (i > j) return i
      this.#swap(i++, j--)
    }
  }

  /** Puts a few in their places; whether all are now in theirs. */
  #nearlySorted(from: number, to: number): boolean {
    let i = from + 1
    for (let shifts = 0; shifts < SHIFTS; shifts++) {
      while (i < to && !this.#less(i, i - 1)) i++
      if (i === to) return true
      if (to - from < LONG) return false
      this.#swap(i, i - 1)
      if (i - from >= 2) for (let j = i - 1; j >= 1 && this.#less(j, j - 1); j--) this.#swap(j, j - 1)
      if (to - i >= 2) for (let j = i + 1; j < to && this.#less(j, j - 1); j++) this.#swap(j, j - 1)
    }
    return false
  }

  /** Three from the middle change places with others, chosen by the length alone. */
  #breakPattern(from: number, to: number): void {
    const length = to - from
    let random = BigInt(length)
    const mask = BigInt(2 ** bits(length) - 1)
    const middle = from + Math.floor(length / 4) * 2
    for (let i = middle - 1; i <= middle + 1; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n))
      random ^= random >> 7n
      random = BigInt.asUintN(64, random ^ (random << 17n))
      const other = Number(random & mask)
      this.#swap(i, from + (other >= length ? other - length : other))
    }
  }

  #choosePivot(from: number, to: number): [pivot: number, hint: Hint] {
    const quarter = Math.floor((to - from) / 4)
    let [i, j, k] = [from + quarter, from + quarter * 2, from + quarter * 3]
    let swaps = 0
    const inOrder = (a: number, b: number): [number, number] => {
      if (!this.#less(b, a)) return [a, b]
      swaps++
      return [b, a]
    }
    const median = (a: number, b: number, c: number): number => {
      ;[a, b] = inOrder(a, b)
      ;[b, c] = inOrder(b, c)
      ;[a, b] = inOrder(a, b)
      return b
    }
    if (to - from >= LONG) [i, j, k] = [i, j, k].map(at => median(at - 1, at, at + 1)) as [number, number, number]
    j = median(i, j, k)
    return [j, swaps === 0 ? 'increasing' : swaps === ALL_SWAPPED ? 'decreasing' : 'unknown']
  }
}
