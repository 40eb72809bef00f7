/** Solutions of lessons, exercise by exercise. */
import { expect, test } from 'vitest'
import { solutionFiles, splitSolution } from './solutions.ts'

test('a solution is cut at its exercises', () => {
  expect(splitSolution('#!/bin/sh\n# exercise: a\necho 1\n# exercise: b\necho 2\n', ['a', 'b'])).toEqual({
    a: 'echo 1',
    b: 'echo 2',
  })
})

test('the files that it writes can be told', () => {
  const commands =
    "cat > a.yaml <<'EOF'\nkind: Pod\nmetadata: {}\nEOF\nkubectl apply -f a.yaml\ncat >b.txt <<END\nx\nEND"
  expect(solutionFiles(commands)).toEqual({ 'a.yaml': 'kind: Pod\nmetadata: {}\n', 'b.txt': 'x\n' })
  expect(solutionFiles('kubectl get pods')).toEqual({})
})
