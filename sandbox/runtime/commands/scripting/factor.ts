/** `factor`: the primes of a number. */
import { type Command, complain, print } from '../command.ts'
import { readAll } from '../text/reading.ts'

/** Beyond this many divisions nobody waits. */
const PATIENCE = 5_000_000

export const factor: Command = async call => {
  const { process } = call
  const words = call.args.length ? call.args : (await readAll(process, process.fds[0]!)).split(/\s+/).filter(Boolean)
  for (const word of words) {
    if (!/^\d+$/.test(word) || word.length > 15) return complain(call, `invalid number '${word}'`)
    let left = Number(word)
    let out = ''
    for (let prime = 2, tried = 0; prime * prime <= left; prime += prime === 2 ? 1 : 2) {
      if (++tried > PATIENCE) return complain(call, `${word}: numbers with such great primes are not simulated`, 126)
      for (; left % prime === 0; left /= prime) out += ` ${prime}`
    }
    if (left > 1) out += ` ${left}`
    await print(call, `${word}:${out}\n`)
  }
  return 0
}
