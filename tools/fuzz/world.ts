/**
 * The world that fuzzed cases run in, and what must be true of each: it fails by an error that is none of the
 * simulation's own, by words of JavaScript in what a reader sees, or by taking too long.
 */
import fc from 'fast-check'
import { createSession } from '../../sandbox/scenario/create.ts'
import type { LiveSession } from '../../sandbox/scenario/live-session.ts'

/** One thing is done at a time, and nobody waits longer than this for it; where nothing is said, time does not matter. */
export const patience = { ms: Number.POSITIVE_INFINITY }
/** Virtual time after which what still runs is left alone. */
export const VIRTUAL_MS = 5000

/** Typed when a world begins. */
const INHABITANTS = [
  'kubectl create deployment web --image=nginx:1.27 --replicas=2',
  'kubectl run a --image=busybox:1.36 -- sleep 1000; echo b > b.txt',
]

/** What only a mistake of ours says. */
export const MISTAKES =
  /TypeError|RangeError|ReferenceError|SyntaxError: (?!.*JSON)|Cannot read propert|is not a function|is not iterable|Maximum call stack|\[object Object\]|undefined is not|NaN(?:[msh]| |$)|node:internal|has made a mistake/
/** The same of a program in Python, whose errors have such names themselves. */
export const MISTAKES_BESIDE_PYTHON =
  /RangeError|ReferenceError|Cannot read propert|is not a function|Maximum call stack|\[object Object\]|undefined is not|node:internal|has made a mistake|evalmachine|\.ts:\d/

export function refuseMistakes(text: string, input: string, mistakes = MISTAKES): void {
  const found = mistakes.exec(text)
  // What was given may be said again.
  if (found && !input.includes(found[0]))
    throw new Error(`says ${JSON.stringify(text.slice(Math.max(0, found.index - 100), found.index + 100))}`)
}

/** @throws when `work` has taken longer than anybody waits */
export async function timely<T>(what: string, work: () => Promise<T>): Promise<T> {
  const before = process.threadCpuUsage()
  const result = await work()
  const used = process.threadCpuUsage(before)
  const ms = (used.user + used.system) / 1000
  if (ms > patience.ms) throw new Error(`${what} takes ${Math.round(ms)} ms`)
  return result
}

/** A world in which something runs already, and in which every mistake is kept. */
export async function inhabited(
  pods = INHABITANTS,
  mistakes = MISTAKES,
): Promise<{ world: LiveSession; type(line: string, given?: string): Promise<void> }> {
  const world = await createSession({ seed: 'fuzz' })
  /** @param given what came from outside, and may be said again */
  const type = async (line: string, given = line): Promise<void> => {
    let said = ''
    let failure: { error: unknown } | undefined
    world.cluster.clock.onError = error => (failure ??= { error })
    const process = world.workstation.run(line, data => (said += data))
    await timely(JSON.stringify(line), async () => {
      await world.advance(0)
      for (let ms = 0; ms < VIRTUAL_MS && !process.ended() && said.length < 1_000_000; ms += 100)
        await world.advance(100)
    })
    if (failure) throw failure.error
    refuseMistakes(said, given, mistakes)
  }
  for (const line of pods) await type(line)
  await world.advance(10_000)
  return { world, type }
}

/** @returns how many inputs the case consisted of */
export type Run<T> = (input: T) => Promise<number>

export interface Kind {
  name: string
  /** A property of one case; `told` hears how many inputs it had. */
  property(told: (inputs: number) => void): fc.IAsyncProperty<[unknown]>
}

export const kind = <T>(name: string, arbitrary: fc.Arbitrary<T>, run: Run<T>): Kind => ({
  name,
  property: told =>
    fc.asyncProperty(arbitrary as fc.Arbitrary<unknown>, async input => {
      told(await run(input as T))
    }),
})
