/** A container's environment, from values, references and files. */
import { describe, expect, it } from 'vitest'
import { notFound } from '../../api/status.ts'
import type { ConfigMap, Secret, Service } from '../../api/types.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { type EnvSources, makeEnvironment } from './env.ts'
import { valueInEnvFile } from './env-file.ts'
import { expand } from './expansion.ts'

const maps: Record<string, object> = { settings: { data: { COLOR: 'blue', SIZE: '10' } } }
const secrets: Record<string, object> = { login: { data: { USER: btoa('admin'), PASSWORD: btoa('s3cret') } } }
const files: Record<string, string> = {
  good: "# made by init\n\n  A='one' # the first\nB='two\nlines'\nC= 'blank'\n",
  bare: "A='one'\nB=two\n",
  open: "A='one\n",
}
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
  volumeFile: (volume, path) =>
    volume === 'shared' ? { text: files[path], nodePath: `/node/shared/${path}` } : undefined,
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
    const from = (valueFrom: object) => () => env({ env: [{ name: 'X', valueFrom: valueFrom }] })
    expect(from({ configMapKeyRef: { name: 'no', key: 'k' } })).toThrow('configmaps "no" not found')
    expect(from({ configMapKeyRef: { name: 'settings', key: 'k' } })).toThrow(
      "couldn't find key k in ConfigMap shop/settings",
    )
    expect(from({ secretKeyRef: { name: 'login', key: 'k' } })).toThrow("couldn't find key k in Secret shop/login")
  })

  it('reads files of a volume, whose values stand in single quotes', () => {
    const from = (path: string, key: string, more: object = {}) => {
      const fileKeyRef = { volumeName: 'shared', path, key, ...more }
      return () => env({ env: [{ name: 'X', valueFrom: { fileKeyRef } }] }).X
    }
    expect(from('good', 'A')()).toBe('one')
    expect(from('good', 'B')()).toBe('two\nlines')
    for (const key of ['C', 'D'])
      expect(from('good', key)).toThrow(`environment variable key "${key}" not found in file "/node/shared/good"`)
    expect(from('good', 'D', { optional: true })()).toBe(undefined)
    expect(from('bare', 'A')(), 'what comes before the fault').toBe('one')
    for (const path of ['bare', 'open', 'nowhere'])
      expect(from(path, 'B', { optional: true })).toThrow("couldn't parse env file")
    expect(from('good', 'A', { volumeName: 'other' })).toThrow(
      'cannot find the volume "other" referenced by FileKeyRef',
    )
  })

  it.each([
    ['A', "missing '='"],
    ["='x'", 'empty variable name'],
    ["A ='x'", "whitespace before '=' is not allowed"],
    ['A=x', 'value must be enclosed in single quotes'],
    ["A='x'y", 'unexpected content after closing quote'],
  ])('finds fault with a line like %s', (line, what) => {
    const all = `B='1'\n${line}\n`
    expect(() => valueInEnvFile(all, 'Z')).toThrow(`invalid environment variable format at line 2: ${what}`)
    expect(() => valueInEnvFile("B='1", 'Z')).toThrow('starting at line 1: unclosed single quote')
  })

  it('expands references and leaves the rest alone', () => {
    expect(expand('$(A)$$(A)$A ${A} $(B) $', name => (name === 'A' ? '1' : undefined))).toBe('1$(A)$A ${A} $(B) $')
  })
})
