/** The way of a request through the API server to a node's kubelet. */
import { expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import { world } from '../testing.ts'

it('a node is asked by its name, with the port of its kubelet or without', async () => {
  const { cluster } = await world({ nodes: ['node-1', 'proxy-1'] })
  const get = async (path: string): Promise<unknown[]> => {
    const request = { method: 'GET', url: `/api/v1/nodes/${path}`, headers: {}, body: '', user: ADMIN }
    await cluster.api.missing(request)
    const { status, headers, body } = cluster.api.respond(request)
    const text = String(await body)
    return [status, headers.location ?? (text.startsWith('{') ? JSON.parse(text).message : text)]
  }
  expect(await get('node-1/proxy/healthz')).toEqual([200, 'ok'])
  expect(await get('node-1:10250/proxy/healthz')).toEqual([200, 'ok'])
  expect(await get('https:node-1:10250/proxy/healthz')).toEqual([200, 'ok'])
  expect(await get('node-1:99/proxy/healthz')).toEqual([
    503,
    expect.stringMatching(/:99: connect: connection refused$/),
  ])
  expect(await get('node-9/proxy/healthz')).toEqual([404, 'nodes "node-9" not found'])
  expect(await get('node-1/proxy')).toEqual([301, '/api/v1/nodes/node-1/proxy/'])
  expect(await get('proxy-1/proxy/healthz')).toEqual([200, 'ok'])
  expect(await get('node-1/proxy/')).toEqual([404, '404 page not found\n'])
})
