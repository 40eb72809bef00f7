/** `kubectl exec`: how its command line is read. */
import { expect, it } from 'vitest'
import { run } from '../testing.ts'

const OLD_FORM = `error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead
See 'kubectl exec -h' for help and examples
`

/** As kubectl 1.36 says it, before it asks the cluster anything. */
it.each([
  ['exec', 'error: pod, type/name or --filename must be specified\n'],
  ['exec -- ls', 'error: pod, type/name or --filename must be specified\n'],
  ['exec a', 'error: you must specify at least one command for the container\n'],
  ['exec a --', 'error: you must specify at least one command for the container\n'],
  ['exec -f -', 'error: you must specify at least one command for the container\n'],
  ['exec a ls', OLD_FORM],
  ['exec a -f -', OLD_FORM],
  ['exec -f - -- ls', 'error: cannot exec into multiple objects at a time\n'],
  ['exec a -f pod.yaml -- ls', 'error: resource/name arguments cannot be provided when a path is specified\n'],
])('kubectl %s', async (line, words) => {
  expect(await run(line.split(' '), { files: { 'pod.yaml': '' } })).toMatchObject({ out: '', err: words, code: 1 })
})
