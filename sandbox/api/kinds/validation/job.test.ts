/** Updates of a Job's template that are allowed, and the errors of the others. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../../../http/testing.ts'

const JOBS = '/apis/batch/v1/namespaces/default/jobs'
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } }
const MERGE = { 'content-type': 'application/strategic-merge-patch+json' }

async function job(spec: object, status: object = {}) {
  const { call } = testApi()
  await call('POST', JOBS, { metadata: { name: 'a' }, spec: { template, ...spec } })
  await call('PATCH', `${JOBS}/a/status`, { status }, MERGE)
  return async (changed: object): Promise<string> => {
    const { json } = await call('PATCH', `${JOBS}/a`, { spec: { template: changed } }, MERGE)
    const [cause] = json.details?.causes ?? []
    return cause ? `${cause.field}: ${cause.message.replace(/\{.*\}/, '…')}` : json.kind
  }
}

const more = { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] } }
const image = { spec: { containers: [{ name: 'c', image: 'nginx' }] } }
const where = { spec: { nodeSelector: { disk: 'ssd' } } }
const labels = { metadata: { annotations: { a: 'b' } } }

describe("a Job's template", () => {
  it('takes where, how much and what they are called while the Job is suspended', async () => {
    const patch = await job({ suspend: true })
    for (const change of [more, where, labels]) expect(await patch(change)).toBe('Job')
    expect(await patch(image)).toBe('spec.template.spec: Invalid value: …: field is immutable')
  })

  it('takes nothing once the Job has begun, until it is suspended again and its Pods are gone', async () => {
    const startTime = '2026-01-05T09:00:00Z'
    const refused = 'spec.template: Invalid value: …: field is immutable'
    const running = await job({ suspend: false }, { startTime, active: 1 })
    for (const change of [more, where, labels, image]) expect(await running(change)).toBe(refused)
    const suspended = { type: 'Suspended', status: 'True' }
    const stopping = await job({ suspend: true }, { startTime, active: 1, conditions: [suspended] })
    expect(await stopping(where)).toBe(refused)
    const stopped = await job({ suspend: true }, { startTime, conditions: [suspended] })
    expect(await stopped(where)).toBe('Job')
  })
})
