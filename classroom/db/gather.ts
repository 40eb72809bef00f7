/**
 * Questions that many ask at about the same time are asked of the database together: what comes within a moment, or while
 * one round is under way, is gathered for the next.
 */

/** More would make the first of them wait for the last. */
const MOST = 500

/** Nobody notices so short a wait. */
const PAUSE_MS = 15

/** @param answer gives one answer for each question, in their order; what it throws is thrown to all who asked */
export function gather<Q, A>(answer: (questions: readonly Q[]) => Promise<readonly A[]>): (question: Q) => Promise<A> {
  let waiting: { question: Q; done(answer: A): void; failed(error: unknown): void }[] = []
  let busy = false
  async function work(): Promise<void> {
    busy = true
    while (waiting.length) {
      // A question costs the database nearly as much as a hundred of the same kind.
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
      const round = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      try {
        const answers = await answer(round.map(one => one.question))
        for (const [i, one] of round.entries()) one.done(answers[i]!)
      } catch (error) {
        for (const one of round) one.failed(error)
      }
    }
    busy = false
  }
  return question =>
    new Promise((done, failed) => {
      waiting.push({ question, done, failed })
      if (!busy) void work()
    })
}
