/** The output and the errors of kubectl patch. */
import { describe, expect, it } from 'vitest'
import { run, server } from '../testing.ts'

describe('patch', () => {
  const a = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { x: '1' } }
  const path = '/api/v1/namespaces/default/configmaps/a'
  it.each(['none', 'server', 'client'])('says no word of a dry run, here %s', async dryRun => {
    const { out } = await run(['patch', 'cm', 'a', '--type=merge', '-p', '{"data":{"x":"2"}}', `--dry-run=${dryRun}`], {
      server: server({ [`GET ${path}`]: a, [`PATCH ${path}`]: { ...a, data: { x: '2' } } }),
    })
    expect(out).toBe('configmap/a patched\n')
  })
})
