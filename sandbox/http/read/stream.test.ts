/** Watches as streams of bytes. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import { Unanswered } from '../../api/egress/outside.ts'
import { clone } from '../../api/formats/json.ts'
import { configMap } from '../../api/kinds/configmap.ts'
import { isStream } from '../exchange.ts'
import { testApi } from '../testing.ts'
import { type Shown, watchStream } from './stream.ts'

const request = {
  namespace: 'default',
  labelSelector: '',
  fieldSelector: '',
  resourceVersion: '',
  timeoutSeconds: 0,
  allowBookmarks: false,
  sendInitialEvents: false,
}

const SHOWN: Shown = {
  render: object => object,
  marks: revision => ({ metadata: { resourceVersion: String(revision) } }),
}

it('a watch is told no more once it has stopped', async () => {
  const { server, call } = testApi()
  const seen: string[] = []
  const stop = watchStream(server, configMap, request, SHOWN).open(
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
  watchStream(server, configMap, { ...request, resourceVersion: '1' }, SHOWN).open(
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
  const stream = watchStream(server, configMap, request, SHOWN, event => {
    if (event.object.metadata.name === 'orphan') throw new Unanswered([])
    return event
  })
  const seen: string[] = []
  stream.open(
    line => seen.push(JSON.parse(line).object.metadata.name),
    () => seen.push('end'),
  )
  for (const name of ['a', 'orphan', 'b'])
    await call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name } })
  expect(seen).toEqual(['a', 'end'])
})

/** What a watch of a path with `allowWatchBookmarks` has said after some seconds. */
async function bookmarksOf(path: string, accept = 'application/json'): Promise<{ type: string; object: object }[]> {
  const { api, clock } = testApi()
  const asked = {
    method: 'GET',
    url: `${path}?watch=1&allowWatchBookmarks=true`,
    headers: { accept },
    body: '',
    user: ADMIN,
  }
  await api.missing(asked)
  const { body } = api.respond(asked)
  if (!isStream(body)) throw new Error('no stream')
  let text = ''
  const stop = body.open(
    piece => void (text += piece),
    () => void (text += '"end"\n'),
  )
  await clock.advance(2_000)
  stop()
  return text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

describe('a bookmark', () => {
  it('is an object of the kind in which nothing is set, as Go writes it', async () => {
    const [pods] = await bookmarksOf('/api/v1/pods')
    expect(JSON.stringify(pods)).toMatch(
      /^\{"type":"BOOKMARK","object":\{"kind":"Pod","apiVersion":"v1","metadata":\{"resourceVersion":"\d+"\},"spec":\{"containers":null\},"status":\{\}\}\}$/,
    )
    const [deployments] = await bookmarksOf('/apis/apps/v1/deployments')
    expect(deployments!.object).toMatchObject({
      spec: { replicas: 0, selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} },
      status: {},
    })
  })

  it('is bare metadata where that was asked for', async () => {
    const [bookmark] = await bookmarksOf('/api/v1/pods', 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1')
    expect(bookmark).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
      },
    })
  })

  it('ends a watch of lists of metadata, as anything would, for no object is a list', async () => {
    const form = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
    expect(await bookmarksOf('/api/v1/namespaces', form)).toEqual(['end'])
  })
})
