/** Contexts: listed and switched. */
import { describe, expect, it } from 'vitest'
import { run } from '../../testing.ts'

describe('config', () => {
  const config =
    'apiVersion: v1\nkind: Config\ncurrent-context: dev\ncontexts:\n- name: dev\n  context: {cluster: one, user: joe}\n- name: prod\n  context: {cluster: two, user: joe, namespace: live}\n'
  it('lists contexts, the current one marked', async () => {
    const { out } = await run(['config', 'get-contexts'], { files: { c: config }, env: { KUBECONFIG: 'c' } })
    expect(out).toBe(
      'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         dev    one       joe        \n          prod   two       joe        live\n',
    )
  })
  it('switches, and writes the file', async () => {
    const { out, files } = await run(['config', 'use-context', 'prod'], {
      files: { c: config },
      env: { KUBECONFIG: 'c' },
    })
    expect(out).toBe('Switched to context "prod".\n')
    expect(files.c).toContain('current-context: prod\n')
  })
})
