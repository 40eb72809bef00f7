import { expect, it } from 'vitest'
import { clone } from '../../api/json.ts'
import { configMap } from '../../api/kinds/configmap.ts'
import { Unanswered } from '../../api/outside.ts'
import { testApi } from '../testing.ts'
import { watchStream } from './stream.ts'

const request = {
  namespace: 'default',
  labelSelector: '',
  fieldSelector: '',
  resourceVersion: '',
  timeoutSeconds: 0,
  allowBookmarks: false,
  sendInitialEvents: false,
}

it('a watch is told no more once it has stopped', async () => {
  const { server, call } = testApi()
  const seen: string[] = []
  const stop = watchStream(server, configMap as never, request, object => object).open(
    line => seen.push(JSON.parse(line).object.metadata.name),
    () => seen.push('end'),
  )
  const make = (name: string) => call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name } })
  await make('a')
  stop()
  await make('b')
  expect(seen).toEqual(['a'])
})

it('a watch from a revision that is forgotten ends with an error in it', () => {
  const { server } = testApi()
  server.create(configMap, 'default', { metadata: { name: 'a' } })
  for (let i = 0; i < 2000; i++)
    server.update(configMap, 'default', 'a', old => ({ ...clone(old), data: { count: String(i) } }))
  const seen: unknown[] = []
  watchStream(server, configMap as never, { ...request, resourceVersion: '1' }, object => object).open(
    line => seen.push(JSON.parse(line)),
    () => seen.push('end'),
  )
  expect(seen).toEqual([
    { type: 'ERROR', object: expect.objectContaining({ kind: 'Status', code: 410, reason: 'Expired' }) },
    'end',
  ])
})

it('a watch ends when nobody is left who could say what its objects look like', async () => {
  const { server, call } = testApi()
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
