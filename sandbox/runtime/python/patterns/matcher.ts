/**
 * Tries a pattern on a text: by trial and error, as CPython does, but with a stack of its own. So no text is too long for
 * it, and it stops after so many steps and goes on later, where a pattern would try without end.
 */
import { fold } from './characters.ts'
import { CASES, ENDLESS, LENGTH, OP, type Program, SINGLE } from './compile.ts'
import { isPlace, repeats } from './places.ts'
import type { Subject } from './subject.ts'

/** What lies on the stack: a way that was not taken, or what a mark, a loop was before. The kind lies on top. */
const WAY = 0
const LONGER = 1
const SHORTER = 2
const MARK = 3
const LOOP = 4
/** Numbers of each. */
const ENTRY = 4

const NEVER = -1

export type How = 'search' | 'match' | 'fullmatch'

export interface Room {
  /** The stack has grown by so many bytes. */
  grown(bytes: number): void
}

export class Matcher {
  readonly #program: Program
  readonly #subject: Subject
  readonly #how: How
  readonly #end: number
  readonly #room: Room
  /** Where each group begins and ends; the whole first. */
  marks: Int32Array
  /** The group that was closed last. */
  last = 0
  readonly #registers: Int32Array
  #stack = new Int32Array(256)
  #top = 0
  #start: number
  #at = 0
  #pc = 0
  /** A match must not end here. */
  #notAt = NEVER
  #begun = false
  #done = false

  constructor(program: Program, subject: Subject, how: How, from: number, to: number, room: Room) {
    this.#program = program
    this.#subject = subject
    this.#how = how
    this.#start = from
    this.#end = to
    this.#room = room
    this.marks = new Int32Array(2 * program.groups + 2).fill(NEVER)
    this.#registers = new Int32Array(program.registers)
  }

  /** Looks for the next match behind the last one, which it may touch, but not be the same. */
  next(): void {
    const [from, to] = [this.marks[0]!, this.marks[1]!]
    this.#notAt = from === to ? to : NEVER
    this.#start = to
    this.#begun = false
  }

  /** @param steps how many it may take. @returns undefined where those were not enough: it goes on when it is called again */
  run(steps: number): { found: boolean | undefined; left: number } {
    let left = steps
    for (;;) {
      if (!this.#begun) {
        const at = this.#candidate()
        if (at === undefined) return { found: false, left }
        left -= 1 + (at - this.#start) / 16
        this.#start = at
        this.#begin(at)
      }
      left = this.#try(left)
      if (left <= 0 && this.#pc !== NEVER && !this.#done) return { found: undefined, left: 0 }
      if (this.#done) {
        this.marks[0] = this.#start
        this.marks[1] = this.#at
        return { found: true, left }
      }
      this.#begun = false
      this.#notAt = NEVER
      if (this.#how !== 'search') return { found: false, left }
      this.#start++
      if (left <= 0) return { found: undefined, left: 0 }
    }
  }

  /** The next place where a match might begin. */
  #candidate(): number | undefined {
    const { prefix, first, anchored } = this.#program
    const at = this.#start
    if (at > this.#end) return undefined
    if (this.#how !== 'search') return at
    if (anchored) return at === 0 ? at : undefined
    if (prefix) {
      const found = this.#subject.find(prefix, at)
      return found < 0 || found >= this.#end ? undefined : found
    }
    if (!first) return at
    let place = at
    while (place < this.#end && !first.has(this.#subject.at(place))) place++
    return place < this.#end ? place : undefined
  }

  #begin(at: number): void {
    this.marks.fill(NEVER)
    this.last = 0
    this.#top = 0
    this.#at = at
    this.#pc = 0
    this.#begun = true
    this.#done = false
  }

  #push(a: number, b: number, c: number, kind: number): void {
    if (this.#top + ENTRY > this.#stack.length) {
      const bigger = new Int32Array(this.#stack.length * 2)
      this.#room.grown(bigger.byteLength)
      bigger.set(this.#stack)
      this.#stack = bigger
    }
    this.#stack[this.#top] = a
    this.#stack[this.#top + 1] = b
    this.#stack[this.#top + 2] = c
    this.#stack[this.#top + 3] = kind
    this.#top += ENTRY
  }

  /** Whether one character is as an instruction says. */
  #is(pc: number, character: number): boolean {
    const { code, sets } = this.#program
    switch (code[pc]) {
      case OP.character:
        return code[pc + 1] === character
      case OP.letter:
        return fold(character, CASES[code[pc + 2]!]!) === code[pc + 1]
      case OP.anyButLine:
        return character !== 10
      case OP.any:
        return true
      default:
        return sets[code[pc + 1]!]!.has(character)
    }
  }

  /** Goes on from where it is until all matches (`#done`), nothing can match any more (`#pc` is NEVER), or the steps are used up. */
  #try(steps: number): number {
    const { code } = this.#program
    const subject = this.#subject
    const end = this.#end
    let left = steps
    for (;;) {
      if (left-- <= 0) return 0
      const pc = this.#pc
      let ok = true
      switch (code[pc]) {
        case OP.character:
        case OP.anyButLine:
        case OP.any:
        case OP.letter:
        case OP.set:
          ok = this.#at < end && this.#is(pc, subject.at(this.#at))
          this.#at++
          this.#pc = pc + LENGTH[code[pc]!]!
          break
        case OP.place:
          ok = isPlace(code[pc + 1]!, subject, this.#at, end, code[pc + 2] === 1)
          this.#pc = pc + 3
          break
        case OP.split:
          this.#push(code[pc + 1]!, this.#at, 0, WAY)
          this.#pc = pc + 2
          break
        case OP.jump:
          this.#pc = code[pc + 1]!
          break
        case OP.mark: {
          const mark = code[pc + 1]!
          this.#push(mark, this.marks[mark]!, this.last, MARK)
          this.marks[mark] = this.#at
          if (mark % 2) this.last = (mark - 1) / 2
          this.#pc = pc + 2
          break
        }
        case OP.same: {
          const [from, to] = [this.marks[2 * code[pc + 1]!]!, this.marks[2 * code[pc + 1]! + 1]!]
          ok = to !== NEVER && from <= to && repeats(subject, from, to, this.#at, end, CASES[code[pc + 2]!]!)
          if (ok) this.#at += to - from
          left -= (to - from) / 16
          this.#pc = pc + 3
          break
        }
        case OP.wall:
          if (code[pc + 2]) this.#push(code[pc + 3]!, this.#at, 0, WAY)
          this.#registers[code[pc + 1]!] = this.#top
          this.#registers[code[pc + 1]! + 1] = this.#at
          this.#pc = pc + 4
          break
        case OP.pass: {
          this.#keepMarks(this.#registers[code[pc + 1]!]!)
          if (code[pc + 2]) this.#at = this.#registers[code[pc + 1]! + 1]!
          this.#pc = pc + 3
          break
        }
        case OP.deny:
          this.#undoTo(this.#registers[code[pc + 1]!]! - ENTRY)
          ok = false
          break
        case OP.behind:
          this.#at -= code[pc + 1]!
          ok = this.#at >= 0
          this.#pc = pc + 2
          break
        case OP.enter: {
          const register = code[pc + 1]!
          this.#keepLoop(register)
          this.#registers[register] = -1
          this.#registers[register + 1] = NEVER
          this.#pc = pc + 2
          break
        }
        case OP.loop:
          this.#loop(pc)
          break
        case OP.again:
          this.#turn(code[pc + 1]!)
          this.#registers[code[pc + 1]! + 1] = this.#at
          this.#pc = code[pc + 2]!
          break
        case OP.run: {
          const before = this.#at
          ok = this.#runOf(pc)
          left -= Math.max(0, this.#at - before) / 8
          break
        }
        case OP.unless:
          this.#pc = this.marks[2 * code[pc + 1]! + 1] === NEVER ? code[pc + 2]! : pc + 3
          break
        case OP.end:
          ok = (this.#how !== 'fullmatch' || this.#at === end) && this.#at !== this.#notAt
          if (ok) {
            this.#done = true
            return left
          }
      }
      if (ok) continue
      left = this.#back(left)
      if (this.#pc === NEVER) return left
    }
  }

  /** One more turn of a loop. */
  #turn(register: number): void {
    this.#keepLoop(register)
    this.#registers[register]!++
  }

  #keepLoop(register: number): void {
    this.#push(register, this.#registers[register]!, this.#registers[register + 1]!, LOOP)
  }

  #loop(pc: number): void {
    const { code } = this.#program
    const [register, least, most, lazy, body] = [
      code[pc + 1]!,
      code[pc + 2]!,
      code[pc + 3]!,
      code[pc + 4]!,
      code[pc + 5]!,
    ]
    const count = this.#registers[register]! + 1
    if (count < least) {
      this.#turn(register)
      this.#pc = body
      return
    }
    const after = pc + 6
    // A turn that has matched nothing is the last.
    const mayGoOn = (count < most || most === ENDLESS) && this.#at !== this.#registers[register + 1]
    if (!mayGoOn) this.#pc = after
    else if (lazy) {
      this.#push(after + 2, this.#at, 0, WAY)
      this.#pc = after
    } else {
      this.#push(after, this.#at, 0, WAY)
      this.#turn(register)
      this.#registers[register + 1] = this.#at
      this.#pc = body
    }
  }

  /** The same kind of character, several times. */
  #runOf(pc: number): boolean {
    const { code } = this.#program
    const [least, most, how] = [code[pc + 1]!, code[pc + 2]!, code[pc + 3]!]
    const single = pc + 4
    const begin = this.#at
    const wanted = how === 1 ? least : most
    const bound = Math.min(this.#end, begin + wanted)
    let at = begin
    while (at < bound && this.#is(single, this.#subject.at(at))) at++
    if (at - begin < least) return false
    this.#at = at
    this.#pc = single + SINGLE
    if (how === 0 && at > begin + least) this.#push(this.#pc, begin + least, at, SHORTER)
    if (how === 1 && (most === ENDLESS || at < begin + most)) this.#push(pc, begin, at, LONGER)
    return true
  }

  /** Takes back what was done since the last way that was not taken, and takes that. */
  #back(steps: number): number {
    const { code } = this.#program
    const subject = this.#subject
    let left = steps
    for (;;) {
      if (this.#top === 0) {
        this.#pc = NEVER
        return left
      }
      left--
      this.#top -= ENTRY
      const a = this.#stack[this.#top]!
      const b = this.#stack[this.#top + 1]!
      const c = this.#stack[this.#top + 2]!
      switch (this.#stack[this.#top + 3]) {
        case WAY:
          this.#pc = a
          this.#at = b
          return left
        case MARK:
          this.marks[a] = b
          this.last = c
          break
        case LOOP:
          this.#registers[a] = b
          this.#registers[a + 1] = c
          break
        case SHORTER: {
          let at = c - 1
          // Where one certain character has to follow, only such places are tried.
          if (code[a] === OP.character) while (at > b && subject.at(at) !== code[a + 1]) at--
          left -= (c - at) / 8
          if (at > b) {
            this.#stack[this.#top + 2] = at
            this.#top += ENTRY
          }
          this.#pc = a
          this.#at = at
          return left
        }
        case LONGER: {
          if (c >= this.#end || !this.#is(a + 4, subject.at(c))) break
          const most = code[a + 2]!
          if (most === ENDLESS || c + 1 < b + most) {
            this.#stack[this.#top + 2] = c + 1
            this.#top += ENTRY
          }
          this.#pc = a + 4 + SINGLE
          this.#at = c + 1
          return left
        }
      }
    }
  }

  #undoTo(height: number): void {
    while (this.#top > height) {
      this.#top -= ENTRY
      const a = this.#stack[this.#top]!
      if (this.#stack[this.#top + 3] === MARK) {
        this.marks[a] = this.#stack[this.#top + 1]!
        this.last = this.#stack[this.#top + 2]!
      }
    }
  }

  /** Forgets the ways that were not taken since then, but not what its groups were before. */
  #keepMarks(height: number): void {
    let kept = height
    for (let i = height; i < this.#top; i += ENTRY)
      if (this.#stack[i + 3] === MARK) {
        this.#stack.copyWithin(kept, i, i + ENTRY)
        kept += ENTRY
      }
    this.#top = kept
  }
}
