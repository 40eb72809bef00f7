/** The comparison's own logic: making questions, comparing answers. */
import { expect, it } from 'vitest'
import { kinds } from '../api/kinds/index.ts'
import { testApi } from '../http/testing.ts'
import { differences } from './answers.ts'
import { manifests } from './objects.node.ts'
import { type Json, questions } from './questions.ts'

it('the manifests that questions are made of are taken as they are', async () => {
  const { call, clock } = testApi()
  await clock.advance(1000)
  await call('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } })
  for (const manifest of manifests()) {
    const { apiVersion, kind: name } = manifest
    const kind = kinds.find(k => k.kind === name && (k.group ? `${k.group}/${k.version}` : k.version) === apiVersion)!
    const base = `/${kind.group ? 'apis' : 'api'}/${apiVersion}${kind.namespaced ? '/namespaces/default' : ''}`
    const { status, json } = await call('POST', `${base}/${kind.plural}?dryRun=All&fieldValidation=Strict`, manifest)
    expect([name, status, status === 201 ? '' : json.message]).toEqual([name, 201, ''])
  }
})

it('a question changes one place of a copy', () => {
  const manifest: Json = { kind: 'A', spec: { names: ['b'], size: 3 } }
  const before = JSON.stringify(manifest)
  const all = new Map([...questions(manifest)].map(q => [q.change, JSON.stringify(q.of(manifest))]))
  expect(all.get('as it is')).toBe(before)
  expect(all.get('spec.size=-1')).toBe('{"kind":"A","spec":{"names":["b"],"size":-1}}')
  expect(all.get('spec.names.0 gone')).toBe('{"kind":"A","spec":{"names":[],"size":3}}')
  expect(all.get('spec.names with its first again')).toBe('{"kind":"A","spec":{"names":["b","b"],"size":3}}')
  expect(all.get('spec with an unknown field')).toBe('{"kind":"A","spec":{"names":["b"],"size":3,"zzz":1}}')
  expect([...all.keys()].some(change => change.startsWith('kind'))).toBe(false)
  expect(JSON.stringify(manifest)).toBe(before)
  expect([...questions(manifest)].find(q => q.change === 'spec.names.0 gone')!.of({ spec: 1 })).toBeUndefined()
})

it('answers are compared without what differs between any two clusters', () => {
  const answer = (uid: string, replicas: number) => ({
    code: 201,
    type: 'application/json',
    warnings: [],
    body: { metadata: { uid, name: 'web' }, spec: { replicas } },
  })
  expect(differences(answer('a', 1), answer('b', 1))).toEqual([])
  expect(differences(answer('a', 1), answer('b', 2))).toEqual(['body.spec.replicas: real 1, ours 2'])
})
