/**
 * Rules for passwords: short ones are refused, and long ones that are one common word, a row of keys, or little else.
 */
import { Problem } from './problem.ts'

const SHORTEST = 12
export const LONGEST_PASSWORD = 200
/** What most of the passwords in lists of stolen ones are made of; of twelve characters and more they are these with digits. */
const COMMON =
  /password|passwort|qwert[yz]|azerty|asdf|zxcv|1q2w|letmein|welcome|admin|iloveyou|monkey|dragon|football|baseball|sunshine|princess|superman|starwars|trustno|master|shadow|secret|abc|kubernetes|podlab|woaini/g
const PLAIN: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'l', '0': 'o', $: 's', '5': 's', '7': 't' }

/** @param own what belongs to whoever it is for: a name, an address @throws Problem password-weak */
export function checkPassword(password: string, own: readonly string[]): void {
  if (password.length < SHORTEST || password.length > LONGEST_PASSWORD) throw new Problem('password-weak')
  const lower = password.toLowerCase()
  const words = [lower, lower.replace(/[@431$057]/g, c => PLAIN[c] ?? c)]
  const mine = own.flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(word => word.length > 3)
  for (const word of words) {
    const rest = mine.reduce((left, part) => left.replaceAll(part, ''), word.replace(COMMON, ''))
    // What is left besides has to be worth something by itself.
    if (new Set(rest.replace(/\d{4,}|[^\p{L}\p{N}]+/gu, '')).size < 5) throw new Problem('password-common')
  }
}
