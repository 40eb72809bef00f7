/** Client-side apply: what is sent, and what is said. */
import { describe, expect, it } from 'vitest'
import { run, server } from '../../testing.ts'

describe('apply', () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\n'
  it('creates what is not there, and remembers what it applied', async () => {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } }
    const { out, requests } = await run(['apply', '-f', 'a.yaml'], {
      files: { 'a.yaml': manifest },
      server: server({ 'POST /api/v1/namespaces/default/configmaps': made }),
    })
    expect(out).toBe('configmap/a created\n')
    expect(requests.at(-1)).toContain(
      'POST /api/v1/namespaces/default/configmaps?fieldManager=kubectl-client-side-apply&fieldValidation=Strict',
    )
    expect(requests.at(-1)).toContain('kubectl.kubernetes.io/last-applied-configuration')
  })
  it('leaves alone what is as it should be', async () => {
    const last =
      '{"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"default"}}\n'
    const live = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': last },
      },
      data: { x: '1' },
    }
    const { out } = await run(['apply', '-f', '-'], {
      stdin: manifest,
      server: server({ 'GET /api/v1/namespaces/default/configmaps/a': live }),
    })
    expect(out).toBe('configmap/a unchanged\n')
  })
})
