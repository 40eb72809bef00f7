/** What a pattern asks of a place in the text without taking a character: where it is, and whether a group's text stands there again. */
import { type Case, fold, isWord } from './characters.ts'
import { PLACES } from './compile.ts'
import type { Subject } from './subject.ts'

/** Whether it is such a place. @param place its index in `PLACES` @param end where the text ends for this search */
export function isPlace(place: number, subject: Subject, at: number, end: number, ascii: boolean): boolean {
  switch (PLACES[place]) {
    case 'text start':
      return at === 0
    case 'line start':
      return at === 0 || subject.at(at - 1) === 10
    case 'text end':
      return at === end
    case 'last line end':
      return at === end || (at === end - 1 && subject.at(at) === 10)
    case 'line end':
      return at === end || subject.at(at) === 10
    default: {
      // In an empty text there is neither.
      if (end === 0) return false
      const before = at > 0 && isWord(subject.at(at - 1), ascii)
      const after = at < end && isWord(subject.at(at), ascii)
      return (before !== after) === (PLACES[place] === 'boundary')
    }
  }
}

/** Whether the text from `from` to `to` stands at `at` once more. */
export function repeats(subject: Subject, from: number, to: number, at: number, end: number, letters: Case): boolean {
  if (at + to - from > end) return false
  for (let i = 0; i < to - from; i++) {
    const [a, b] = [subject.at(from + i), subject.at(at + i)]
    if (a !== b && fold(a, letters) !== fold(b, letters)) return false
  }
  return true
}
