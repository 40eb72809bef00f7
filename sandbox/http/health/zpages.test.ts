/** /statusz and /flagz. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

it('/statusz tells people in lines and programs in fields since when the server is up', async () => {
  const { call, clock } = testApi()
  await clock.advance(3_723_000)
  const { text, headers } = await call('GET', '/statusz')
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(text).toMatch(/^\napiserver statusz\nWarning: This endpoint is not meant to be machine parseable/)
  expect(text).toContain('Binary version: 1.36.2\nEmulation version: 1.36\nPaths: /flagz /healthz')
  const accept = (version: string) => ({ accept: `application/json;v=${version};g=config.k8s.io;as=Statusz` })
  const told = await call('GET', '/statusz', undefined, accept('v1beta1'))
  expect(told.json).toMatchObject({ kind: 'Statusz', apiVersion: 'config.k8s.io/v1beta1', emulationVersion: '1.36' })
  expect(told.headers.get('content-type')).toBe('application/json;g=config.k8s.io;v=v1beta1;as=Statusz')
  const old = await call('GET', '/statusz', undefined, accept('v1alpha1'))
  expect(old.headers.get('warning')).toContain('This version of the statusz endpoint is deprecated')
  const refused = await call('GET', '/statusz', undefined, { accept: 'application/json' })
  expect(refused.json.message).toBe(
    'only the following media types are accepted: application/json, application/yaml, text/plain',
  )
})

it('/flagz tells the flags that the server was started with', async () => {
  const { call } = testApi()
  expect((await call('GET', '/flagz')).text).toContain('\nauthorization-mode=[Node,RBAC]\n')
  const accept = 'application/yaml;v=v1beta1;g=config.k8s.io;as=Flagz'
  expect((await call('GET', '/flagz', undefined, { accept })).text).toContain('  secure-port: "6443"\n')
})
