import { describe, expect, it } from 'vitest'
import { notFound } from '../../api/status.ts'
import type { ConfigMap, Secret, Service } from '../../api/types.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { type EnvSources, makeEnvironment } from './env.ts'
import { expand } from './expansion.ts'

const maps: Record<string, object> = { settings: { data: { COLOR: 'blue', SIZE: '10' } } }
const secrets: Record<string, object> = { login: { data: { USER: btoa('admin'), PASSWORD: btoa('s3cret') } } }
const sources: EnvSources = {
  hostIP: '192.168.0.1',
  podIPs: ['10.0.0.7'],
  allocatable: { cpu: '4', memory: '1Gi' },
  configMap(_namespace, name) {
    if (!maps[name]) throw notFound({ plural: 'configmaps', group: '' }, name)
    return maps[name] as ConfigMap
  },
  secret(_namespace, name) {
    if (!secrets[name]) throw notFound({ plural: 'secrets', group: '' }, name)
    return secrets[name] as Secret
  },
  services: namespace =>
    namespace === 'shop'
      ? [
          {
            metadata: { name: 'my-db', namespace },
            spec: { clusterIP: '10.96.0.9', ports: [{ name: 'sql', port: 5432 }] },
          } as unknown as Service,
        ]
      : [],
  volumeFile: () => undefined,
}
const pod = {
  metadata: { name: 'p', namespace: 'shop', uid: 'u', labels: { app: 'x' } },
  spec: { nodeName: 'n', containers: [] },
} as unknown as Pod
const env = (container: Partial<ContainerSpec>) => makeEnvironment(pod, { name: 'c', ...container }, sources)

describe('the environment of a container', () => {
  it('takes envFrom first, and lets env override and refer to it', () => {
    const made = env({
      envFrom: [
        { configMapRef: { name: 'settings' } },
        { prefix: 'DB_', secretRef: { name: 'login' } },
        { configMapRef: { name: 'no', optional: true } },
      ],
      env: [
        { name: 'SIZE', value: '99' },
        { name: 'LOGIN', value: '$(DB_USER):$(DB_PASSWORD) $$(DB_USER) $(NOPE)' },
        { name: 'SHADE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'COLOR' } } },
        { name: 'GONE', valueFrom: { secretKeyRef: { name: 'none', key: 'k', optional: true } } },
      ],
    })
    expect(made).toMatchObject({ COLOR: 'blue', SIZE: '99', SHADE: 'blue', LOGIN: 'admin:s3cret $(DB_USER) $(NOPE)' })
    expect(made).not.toHaveProperty('GONE')
  })

  it('tells the Pod about itself', () => {
    const field = (fieldPath: string) => ({ name: 'X', valueFrom: { fieldRef: { fieldPath } } })
    const value = (fieldPath: string) => env({ env: [field(fieldPath)] }).X
    expect(value('metadata.name')).toBe('p')
    expect(value("metadata.labels['app']")).toBe('x')
    expect(value("metadata.labels['none']")).toBe('')
    expect(value('status.podIP')).toBe('10.0.0.7')
    const limit = (divisor?: string) => ({
      name: 'X',
      valueFrom: { resourceFieldRef: { resource: 'limits.cpu', ...(divisor && { divisor }) } },
    })
    const resources = { limits: { cpu: '250m' } }
    expect(env({ resources, env: [limit()] }).X).toBe('1')
    expect(env({ resources, env: [limit('1m')] }).X).toBe('250')
    expect(env({ env: [limit()] }).X).toBe('4')
  })

  it('knows the Services of its namespace', () => {
    expect(env({})).toMatchObject({
      MY_DB_SERVICE_HOST: '10.96.0.9',
      MY_DB_SERVICE_PORT: '5432',
      MY_DB_SERVICE_PORT_SQL: '5432',
      MY_DB_PORT: 'tcp://10.96.0.9:5432',
      MY_DB_PORT_5432_TCP_ADDR: '10.96.0.9',
    })
  })

  it('says what is missing', () => {
    const from = (valueFrom: object) => () => env({ env: [{ name: 'X', valueFrom: valueFrom as never }] })
    expect(from({ configMapKeyRef: { name: 'no', key: 'k' } })).toThrow('configmaps "no" not found')
    expect(from({ configMapKeyRef: { name: 'settings', key: 'k' } })).toThrow(
      "couldn't find key k in ConfigMap shop/settings",
    )
    expect(from({ secretKeyRef: { name: 'login', key: 'k' } })).toThrow("couldn't find key k in Secret shop/login")
  })

  it('expands references and leaves the rest alone', () => {
    expect(expand('$(A)$$(A)$A ${A} $(B) $', name => (name === 'A' ? '1' : undefined))).toBe('1$(A)$A ${A} $(B) $')
  })
})
