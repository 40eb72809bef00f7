/** Sets of characters: `[a-z_]`, `\w`. What is in one is worked out once for ASCII. */
import { type Case, cases } from './characters.ts'

export interface CharacterSet {
  has(code: number): boolean
}

/** @param members each says whether a character is one of them */
export function setOf(members: readonly ((code: number) => boolean)[], not: boolean, letters: Case): CharacterSet {
  const has = (code: number): boolean => cases(code, letters).some(each => members.some(member => member(each))) !== not
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (has(code) ? 1 : 0))
  return { has: code => (code < 128 ? ascii[code] === 1 : has(code)) }
}
