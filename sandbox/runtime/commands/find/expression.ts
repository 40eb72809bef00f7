/** The expression of find: predicates joined by not, and, or, and brackets. */
import type { FileStat } from '../../files/fs.ts'
import { type Call, Refusal, Usage, WrongOption } from '../command.ts'
import { PREDICATES, type Test } from './predicates.ts'
import { statOf, type Walk } from './walk.ts'

/**
 * @param words of the expression, which are taken away as they are read
 * @param paths where the walk begins
 * @param walk is told what the words want of it
 * @throws Refusal, Usage, WrongOption
 */
export function expressionOf(call: Call, words: string[], paths: readonly string[], walk: Walk): Test {
  const gnu = call.flavour === 'gnu'
  /** The predicate whose words are being read. */
  let predicate = ''
  const next = (): string => {
    const word = words.shift()
    if (word === undefined)
      throw new Refusal(gnu ? `missing argument to \`${predicate}'` : `${predicate} requires an argument`)
    return word
  }
  const endedByPlus = (): boolean => call.args[call.args.length - words.length - 1] === '+'

  const stat = (path: string): FileStat => statOf(call.process, walk, path)

  const primary = (): Test => {
    const word = next()
    predicate = word
    if (word === '(') {
      const inner = or()
      if (next() !== ')') throw new Usage('missing )')
      return inner
    }
    if (word === '!' || word === '-not') {
      const inner = primary()
      return async (p, n) => !(await inner(p, n))
    }
    const read = Object.hasOwn(PREDICATES, word) ? PREDICATES[word] : undefined
    if (read) return read({ call, gnu, word, paths, walk, next, endedByPlus, stat })
    throw gnu ? new Refusal(`unknown predicate \`${word}'`) : new WrongOption(`unrecognized: ${word}`)
  }
  const and = (): Test => {
    let left = primary()
    while (words.length && words[0] !== ')' && words[0] !== '-o' && words[0] !== '-or') {
      if (words[0] === '-a' || words[0] === '-and') words.shift()
      const [a, b] = [left, primary()]
      left = async (p, n) => (await a(p, n)) && (await b(p, n))
    }
    return left
  }
  const or = (): Test => {
    let left = and()
    while (words[0] === '-o' || words[0] === '-or') {
      words.shift()
      const [a, b] = [left, and()]
      left = async (p, n) => (await a(p, n)) || (await b(p, n))
    }
    return left
  }
  return words.length ? or() : () => true
}
