/** get of what is not there. */
import { expect, it } from 'vitest'
import { run, server } from '../testing.ts'

it('get of what is not there says first that there is no such namespace', async () => {
  const { err, requests } = await run(['get', 'cm', 'a', '-n', 'nowhere'], { server: server({}) })
  expect(requests.at(-1)).toContain('GET /api/v1/namespaces/nowhere')
  expect(err).toContain('Error from server (NotFound)')
})
