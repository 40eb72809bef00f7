/** Headers of every answer: the audit id, and the flow schema and priority level of the request. */
import { expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import type { ApiRequest } from '../../http/exchange.ts'
import { headersOf } from '../../http/exchange.ts'
import { world } from '../testing.ts'

const asked = (url: string, headers: ApiRequest['headers'] = {}): ApiRequest => ({
  method: 'GET',
  url,
  headers,
  body: '',
  user: ADMIN,
})

it('answers tell which flow schema and which priority level a request is of', async () => {
  const { cluster } = await world()
  const told = async (url: string, headers?: ApiRequest['headers']): Promise<Record<string, string>> => {
    const request = asked(url, headers)
    await cluster.api.missing(request)
    return headersOf(cluster.api.respond(request))
  }
  const { store } = cluster.server
  const uidOf = (plural: string, name: string): string =>
    store.get(`${plural}.flowcontrol.apiserver.k8s.io`, '', name)!.metadata.uid
  const flow = (schema: string, level: string): Record<string, string> => ({
    'x-kubernetes-pf-flowschema-uid': uidOf('flowschemas', schema),
    'x-kubernetes-pf-prioritylevel-uid': uidOf('prioritylevelconfigurations', level),
  })
  expect(await told('/api/v1/pods')).toMatchObject(flow('global-default', 'global-default'))
  const jane = { 'impersonate-user': 'jane' }
  const refused = await told('/api/v1/pods', jane)
  expect(refused).toMatchObject({ ...flow('global-default', 'global-default'), 'x-content-type-options': 'nosniff' })
  expect(await told('/healthz', jane)).toMatchObject(flow('probes', 'exempt'))
  expect(await told('/api/v1/namespaces/default/pods/a/log')).not.toHaveProperty('x-kubernetes-pf-flowschema-uid')
})

it('a request that does not name itself is given a name where somebody reads it, and a look at which nobody does takes none', async () => {
  const names = async (looks: number): Promise<(string | undefined)[]> => {
    const { cluster } = await world()
    await cluster.api.missing(asked('/api/v1/pods'))
    for (let i = 0; i < looks; i++) cluster.api.respond(asked('/api/v1/pods'))
    const given = [{}, {}, { 'audit-id': 'mine' }].map(headers => cluster.api.respond(asked('/api/v1/pods', headers)))
    return given.map(answer => headersOf(answer)['audit-id'])
  }
  const [first, second, own] = await names(0)
  expect(first).toMatch(/^[\da-f]{8}-/)
  expect(second).not.toBe(first)
  expect(own).toBe('mine')
  expect(await names(3)).toEqual([first, second, own])
})
