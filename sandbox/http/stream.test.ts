import { expect, it } from 'vitest'
import { configMap } from '../api/kinds/index.ts'
import { Unanswered } from '../api/outside.ts'
import { watchStream } from './stream.ts'
import { testApi } from './testing.ts'

it('a watch ends when nobody is left who could say what its objects look like', async () => {
  const { server, call } = testApi()
  const request = {
    namespace: 'default',
    labelSelector: '',
    fieldSelector: '',
    resourceVersion: '',
    timeoutSeconds: 0,
    allowBookmarks: false,
    sendInitialEvents: false,
  }
  const stream = watchStream(
    server,
    configMap as never,
    request,
    object => object,
    event => {
      if (event.object.metadata.name === 'orphan') throw new Unanswered([])
      return event
    },
  )
  const seen: string[] = []
  stream.open(
    line => seen.push(JSON.parse(line).object.metadata.name),
    () => seen.push('end'),
  )
  for (const name of ['a', 'orphan', 'b'])
    await call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name } })
  expect(seen).toEqual(['a', 'end'])
})
