/** Decides an exercise's checks, and which hint explains each one that fails. */

import type { CheckResult, Exercise } from '../session.ts'
import type { CheckWorld } from './check-world.ts'
import { evaluator } from './expression.ts'

/** @throws ExpressionError when an expression is its author's mistake */
export async function runChecks(exercise: Exercise, world: CheckWorld): Promise<CheckResult[]> {
  const holds = evaluator(world)
  const results: CheckResult[] = []
  for (const { id, expression, hints = [] } of exercise.checks) {
    if (await holds(expression)) {
      results.push({ id, passed: true })
      continue
    }
    let hint = id
    for (const { id: hintId, when } of hints) {
      if (!(await holds(when))) continue
      hint = hintId
      break
    }
    results.push({ id, passed: false, hint })
  }
  return results
}
