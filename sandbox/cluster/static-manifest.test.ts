/** Manifests in a node's folder: how the kubelet reads them. */
import { beforeAll, describe, expect, it } from 'vitest'
import { yamlParser } from '../http/yaml/yaml.ts'
import { readManifest } from './static-manifest.ts'
import { BUSYBOX, world } from './testing.ts'

beforeAll(async () => {
  await yamlParser.load()
})

const pod = (spec: string, container = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {${spec}containers: [{name: c, image: busybox${container}}]}\n`

describe('a manifest on a node', () => {
  it('is a Pod, in YAML or JSON, and nothing else', () => {
    expect(readManifest(pod(''))).toMatchObject({ metadata: { name: 'web' }, spec: { containers: [{ name: 'c' }] } })
    const json = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"j"},"spec":{"containers":[{"name":"c"}]}}'
    expect(readManifest(json)).toMatchObject({ metadata: { name: 'j' } })
    const none = [
      '',
      'a: [',
      'text',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}',
      pod('').replace('name: web', ''),
    ]
    expect(none.map(text => readManifest(text))).toEqual(none.map(() => undefined))
    expect(readManifest(pod('', ', ports: 3')), 'of a wrong type').toBeUndefined()
  })

  it('refers to nothing that only the API has', () => {
    const volume = (source: string): string => pod(`volumes: [{name: v, ${source}}], `)
    const refused = [
      pod('serviceAccountName: default, '),
      pod('', ', envFrom: [{configMapRef: {name: a}}]'),
      pod('', ', env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}}}]'),
      volume('configMap: {name: a}'),
      volume('persistentVolumeClaim: {claimName: a}'),
      volume('projected: {sources: [{serviceAccountToken: {path: a}}]}'),
      volume('projected: {sources: [{clusterTrustBundle: {path: a, name: b}}]}'),
    ]
    expect(refused.map(text => readManifest(text))).toEqual(refused.map(() => undefined))
    const own = 'projected: {sources: [{downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}}]}'
    expect([volume('hostPath: {path: /var}'), volume('emptyDir: {}'), volume(own)].map(readManifest)).not.toContain(
      undefined,
    )
  })
})

it('a Pod that writes into the folder of its node starts another', async () => {
  const w = await world({ nodes: ['node-1'] })
  const volumes = [{ name: 'm', hostPath: { path: '/etc/kubernetes/manifests' } }]
  const containers = [
    { name: 'c', image: BUSYBOX, command: ['sleep', '1d'], volumeMounts: [{ name: 'm', mountPath: '/m' }] },
  ]
  await w.run('writer', { containers, volumes })
  const manifest = pod('').replace('image: busybox', `image: "${BUSYBOX}", command: [sh, -c, "echo up; sleep 1d"]`)
  await w.exec('writer', `cat > /m/web.yaml <<'END'\n${manifest}END\n`)
  await w.wait(10)
  expect(w.logs('web-node-1')).toBe('up\n')
  await w.exec('writer', 'rm /m/web.yaml')
  await w.wait(40)
  expect(() => w.pod('web-node-1')).toThrow('not found')
})
