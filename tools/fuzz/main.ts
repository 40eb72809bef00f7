/**
 * `npm run fuzz -- [KIND...] [--cases N] [--seed S]`: random inputs of each kind until there were so many; what fails is made as
 * small as can be, printed, and fails the run. The same seed makes the same cases.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { loadAll } from '../../sandbox/parts.ts'
import { helpIfAsked } from '../manual.mjs'
import { KINDS } from './kinds.ts'
import { patience } from './world.ts'

helpIfAsked(import.meta.filename)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
})
const unknown = positionals.filter(name => !KINDS.some(k => k.name === name))
if (unknown.length) {
  console.error(`no kind ${unknown.join(', ')}; there are ${KINDS.map(k => k.name).join(', ')}`)
  process.exit(2)
}
const chosen = positionals.length ? KINDS.filter(k => positionals.includes(k.name)) : KINDS
/** A property's runs at once: their inputs are counted, since one of them may have many. */
const RUNS = 20

await loadAll()
patience.ms = 1000
// What is not awaited any more when it fails is no failure of a case, but must not end the run unseen either.
process.on('unhandledRejection', error => console.error('unhandled:', error))
let failures = 0
for (const { name, property } of chosen) {
  let inputs = 0
  const wanted = Number(values.cases)
  for (let seed = Number(values.seed); inputs < wanted; seed++) {
    let made = 0
    const result = await fc.check(
      property(n => (made += n)),
      { seed, numRuns: RUNS },
    )
    inputs += made
    if (!result.failed) continue
    failures++
    console.log(
      `${name}, seed ${seed}: ${fc.defaultReportMessage(result)}\n${result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance}`,
    )
  }
  console.log(`${name}: ${inputs} inputs`)
}
process.exit(failures ? 1 : 0)
