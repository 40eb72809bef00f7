/** An edit that changes nothing. */
import { expect, it } from 'vitest'
import { run, server } from '../testing.ts'

it('edit says when nothing was changed', async () => {
  const live = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { x: '1' } }
  const { err } = await run(['edit', 'cm', 'a'], {
    server: server({ 'GET /api/v1/namespaces/default/configmaps/a': live }),
  })
  expect(err).toBe('Edit cancelled, no changes made.\n')
})
