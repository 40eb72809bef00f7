/** What cannot be done to a resource. */
import { expect, it } from 'vitest'
import { testApi } from './testing.ts'

it('what can be listed and not watched says so, with the warning that it is deprecated', async () => {
  const { call } = testApi()
  const { status, json, headers } = await call('GET', '/api/v1/componentstatuses?watch=true')
  expect(status).toBe(405)
  expect(json).toMatchObject({
    reason: 'MethodNotAllowed',
    message: 'watch is not supported on resources of kind "componentstatuses"',
    details: { kind: 'componentstatuses' },
  })
  expect(headers.get('warning')).toContain('v1 ComponentStatus is deprecated')
  expect((await call('POST', '/api/v1/componentstatuses', {})).json.message).toBe(
    'the server does not allow this method on the requested resource',
  )
})
