/** Objects as text: escapes and the order of keys. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'm', labels: { 9: 'a', 10: 'b' } },
  data: { 9: 'a<b> & c', a: '\u2028', 10: 'x', '-': 'y' },
}
const LABELS = '"labels":{"10":"b","9":"a"}'
const DATA = '"data":{"-":"y","10":"x","9":"a\\u003cb\\u003e \\u0026 c","a":"\\u2028"}'

it('writes maps by the bytes of their keys, numbers too, and nothing that HTML would take for its own', async () => {
  const { call, api } = testApi()
  const made = await call('POST', '/api/v1/namespaces/default/configmaps', configMap)
  expect(made.text).toContain(LABELS)
  expect(made.text).toContain(DATA)
  const path = '/api/v1/namespaces/default/configmaps'
  const listed = await call('GET', path)
  expect(listed.text).toContain(DATA)
  const table = await call('GET', path, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' })
  expect(table.text).toContain(LABELS)
  const lines = await call('GET', `${path}/m?pretty=1`)
  expect(lines.text).toContain(
    '\n  "data": {\n    "-": "y",\n    "10": "x",\n    "9": "a\\u003cb\\u003e \\u0026 c",\n    "a": "\\u2028"\n  }',
  )
  const yaml = await call('GET', `${path}/m`, undefined, { accept: 'application/yaml' })
  expect(yaml.text).toContain(`data:\n  '-': "y"\n  "9": a<b> & c\n  "10": x\n  a:`)
  const watched = await api.fetch(new Request(`http://api${path}?watch=1`))
  const reader = watched.body!.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toContain(DATA)
  await reader.cancel()
})

it('keeps what a patch leaves alone as any other map', async () => {
  const { call, server } = testApi()
  const path = '/api/v1/namespaces/default/configmaps'
  await call('POST', path, configMap)
  const patched = await call(
    'PATCH',
    `${path}/m`,
    { metadata: { annotations: { a: 'b' } } },
    { 'content-type': 'application/merge-patch+json' },
  )
  expect(patched.text).toContain(DATA)
  expect(JSON.stringify(server.find(server.registry.at('', 'v1', 'configmaps')!, 'default', 'm'))).toContain('"10":"x"')
})
