/** Steps of a page, from which its outputs are produced. */
import { expect, test } from 'vitest'
import { outputSteps } from './output-steps.ts'

test('every Output of a page becomes a step, in order', () => {
  const source = [
    'Text.',
    '<Output cmd="kubectl get pods" />',
    '<Output cmd={`kubectl get pods -o jsonpath=\'{.items[*].metadata.name}\'`} before="kubectl run web --image=nginx" wait="1m30s" />',
    '<Output cmd="kubectl get pod nope" fails />',
    '<Output cmd="kubectl get nodes" fault="node stop worker-1" lines="1-2" />',
  ].join('\n\n')
  expect(outputSteps(source)).toEqual([
    { cmd: 'kubectl get pods' },
    {
      cmd: "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
      before: 'kubectl run web --image=nginx',
      waitMs: 90_000,
    },
    { cmd: 'kubectl get pod nope' },
    { cmd: 'kubectl get nodes', fault: 'node stop worker-1' },
  ])
})
