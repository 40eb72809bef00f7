/** Events as clients may write them, and objects that a PUT makes. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const CORE = '/api/v1/namespaces/default/events'
const NEW = '/apis/events.k8s.io/v1/namespaces/default/events'
const causes = (json: { details: { causes: { field: string; message: string }[] } }): string[] =>
  json.details.causes.map(c => `${c.field}: ${c.message}`)

describe('an event', () => {
  it('of core is about something in its own namespace', async () => {
    const { call } = testApi()
    const involvedObject = { kind: 'Pod', name: 'web', namespace: 'elsewhere' }
    const refused = await call('POST', CORE, { metadata: { name: 'e' }, involvedObject })
    expect(causes(refused.json)).toEqual([
      'involvedObject.namespace: Invalid value: "elsewhere": does not match event.namespace',
    ])
    const newer = { metadata: { name: 'e' }, involvedObject, eventTime: '2026-01-01T00:00:00.000000Z', action: 'Do' }
    expect(causes((await call('POST', CORE, newer)).json)).toEqual([
      'reportingComponent: Required value',
      'reportingComponent: Invalid value: "": name part must be non-empty',
      expect.stringContaining('reportingComponent: Invalid value: "": name part must consist of alphanumeric'),
      'reportingInstance: Required value',
      'reason: Required value',
    ])
  })

  it('of events.k8s.io says all, and what it has said stays', async () => {
    const { call } = testApi()
    const event = {
      metadata: { name: 'e' },
      eventTime: '2026-01-01T00:00:00.000000Z',
      reportingController: 'mine',
      reportingInstance: 'i',
      action: 'Do',
      reason: 'Done',
      type: 'Normal',
      regarding: { kind: 'Pod', namespace: 'default', name: 'web' },
    }
    expect(causes((await call('POST', NEW, { ...event, type: 'Odd', deprecatedCount: 1 })).json)).toEqual([
      'type: Invalid value: "": has invalid value: Odd',
      'count: Invalid value: "": needs to be unset',
    ])
    const { json } = await call('POST', NEW, event)
    const changed = await call('PUT', `${NEW}/e`, { ...json, reason: 'Undone' })
    expect([...new Set(causes(changed.json))]).toEqual(['reason: Invalid value: "Undone": field is immutable'])
  })
})

it('a PUT makes some kinds of objects, and of others says that there is none', async () => {
  const { call } = testApi()
  const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]
  const roles = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles'
  const made = await call('PUT', `${roles}/reader`, { metadata: { name: 'reader' }, rules })
  expect([made.status, made.json.metadata.name]).toEqual([201, 'reader'])
  const maps = '/api/v1/namespaces/default/configmaps'
  expect((await call('PUT', `${maps}/none`, { metadata: { name: 'none' } })).status).toBe(404)
})
