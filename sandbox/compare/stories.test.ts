/** Stories of requests, compared with the answers of a real server that are kept. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../api/authentication/user.ts'
import { type ApiResponse, isStream } from '../http/exchange.ts'
import { testApi } from '../http/testing.ts'
import { type Answer, outline } from './answers.ts'
import { type Asked, eventsOf, jsonValue } from './servers.node.ts'
import { recorded, stories, told } from './stories.node.ts'

const SCHEMA = 'custom resources by their schema'
const WATCHED = 'revisions that were compacted or are of the future, watched'

/** Steps that a real server answers otherwise, and why. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'protobuf is not made here': ['media types, 24', 'media types, 25', `${WATCHED}, 22`],
  'a key that comes twice in JSON loses what it held first': ['unknown and repeated fields, 8'],
  'a value of YAML marked as binary': ['media types, 20'],
  'the API server of the recording projects one certificate more into Pods': [
    'Pods are deleted with grace, 19',
    'other subresources, 36',
    'other subresources, 40',
  ],
  'the server of this test has no namespaces of the system': ['namespaces come and go, 5', 'namespaces come and go, 6'],
  'the server of this test is too young to have forgotten anything': ['list revisions and matches, 22'],
  'its etcd could not tell how far a watch had come': [
    ...[11, 15, 17, 23].map(n => `${WATCHED}, ${n}`),
    ...[7, 8, 9, 10, 11].map(n => `watches, ${n}`),
  ],
  'drawn by chance': ['creating and replacing, 39'],
  'several faults, in the order of a map of Go': [12, 34, 35, 36, 38, 39].map(n => `${SCHEMA}, ${n}`),
  'a body of another version is warned of as one of the version that was asked for': [`${SCHEMA}, 44`],
  'a resize with other containers says nothing of the class before': ['resizing Pods, 26', 'resizing Pods, 28'],
  'streams of logs can be chosen here': ['other subresources, 10'],
}

describe('stories of requests go as they went with a real server', async () => {
  const { api, clock } = testApi()
  await clock.advance(1000)
  const ask = async ({ method, path, headers = {}, body = '' }: Asked): Promise<Answer> => {
    const request = { method, url: path, headers, body, user: ADMIN }
    await api.missing(request)
    const response = await new Promise<ApiResponse>(resolve => api.answer(request, resolve))
    const { status: code, warnings } = response
    if (method === 'HEAD') return { code, type: '', warnings, body: '' }
    if (!isStream(response.body)) return { code, type: '', warnings, body: jsonValue(await response.body) }
    let text = ''
    response.body.open(
      piece => void (text += piece),
      () => {},
    )()
    return { code, type: '', warnings, body: eventsOf(text) }
  }
  const real = recorded()
  const excused = new Set(Object.values(OTHERWISE).flat())
  it.each(stories().map((story, i) => ({ ...story, namespace: `story-${i}` })))(
    '$story',
    async ({ namespace, ...story }) => {
      const wrong: string[] = []
      const ours = await told(ask, story, namespace, seconds => clock.advance(seconds * 1000))
      for (const [at, answer] of ours.entries()) {
        const name = `${story.story}, ${at + 1}`
        const [expected, found] = [real[story.story]?.[at], outline(answer)]
        const isExcused = excused.has(name)
        if (expected !== found && !isExcused) wrong.push(`${name}\n  real ${expected}\n  ours ${found}`)
        if (expected === found && isExcused) wrong.push(`${name} is right and needs no excuse`)
      }
      expect(wrong).toEqual([])
    },
  )
})
