/** `--edit`, `--record` and `--raw`: what goes to the editor, and what is sent of it. */
import { expect, it } from 'vitest'
import { run } from '../testing.ts'

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { containers: [] },
}
const DISCOVERY = {
  '/api': {
    items: [
      {
        metadata: { name: '' },
        versions: [
          {
            version: 'v1',
            resources: [
              {
                resource: 'pods',
                responseKind: { group: '', version: 'v1', kind: 'Pod' },
                scope: 'Namespaced',
                singularResource: 'pod',
                verbs: ['get'],
                shortNames: ['po'],
              },
            ],
          },
        ],
      },
    ],
  },
  '/apis': { items: [] },
}
const files = { 'pod.json': JSON.stringify(POD) }
const server = (method: string, path: string) =>
  method === 'POST'
    ? { body: { ...POD, metadata: { name: 'web' } } }
    : path in DISCOVERY
      ? { body: DISCOVERY[path as keyof typeof DISCOVERY] }
      : undefined

it('create --edit opens each object, and sends what was saved', async () => {
  let opened = ''
  const { out, requests } = await run(['create', '--edit', '-f', 'pod.json'], {
    files,
    server,
    edit(text) {
      opened = text
      return text.replace('app: web', 'app: shop')
    },
  })
  expect(opened).toMatch(/^# Please edit the object below\./)
  expect(opened).toContain('labels:\n    app: web\n')
  expect(out).toBe('pod/web created\n')
  expect(requests.at(-1)).toContain('"labels":{"app":"shop"}')
})

it('does not send an object that was only reformatted', async () => {
  const { err, requests } = await run(['create', '--edit', '-f', 'pod.json'], {
    files,
    server,
    edit: text => text.replace('app: web', '"app":   "web"'),
  })
  expect(err).toBe('Edit cancelled, no changes made.\n')
  expect(requests.some(r => r.startsWith('POST'))).toBe(false)
})

it('a text that is no object comes back with the reason at its top, and is kept when it is given up', async () => {
  const shown: string[] = []
  const {
    err,
    code,
    files: left,
  } = await run(['create', '--edit', '-f', 'pod.json'], {
    files,
    server,
    edit(text) {
      shown.push(text)
      return shown.length === 1 ? text.replace('kind: Pod', '') : text
    },
  })
  expect(shown[1]).toContain(
    '# pods "web" was not valid:\n# * <nil>: Invalid value: "The edited file failed validation": kind not set\n#\n',
  )
  expect(err).toContain('error: pods "web" is invalid\n')
  expect(err).toContain('A copy of your changes has been stored to "/tmp/kubectl-edit-8902346789.yaml"\n')
  expect(err).toContain('error: Edit cancelled, no valid changes were saved.\n')
  expect(code).toBe(1)
  expect(Object.keys(left)).toContain('/tmp/kubectl-edit-8902346789.yaml')
})

it('--record keeps the command line, flags last', async () => {
  const { err, requests } = await run(['create', '-f', 'pod.json', '--record'], { files, server })
  expect(err).toBe('Flag --record has been deprecated, --record will be removed in the future\n')
  expect(requests.at(-1)).toContain('"kubernetes.io/change-cause":"kubectl create --filename=pod.json --record=true"')
})

it('--raw takes paths only, and one file', async () => {
  const said = async (...argv: string[]) => (await run(argv, { files, server })).err
  expect(await said('get', '--raw', 'version')).toBe(
    'error: --raw must be a valid URL path: parse "version": invalid URI for request\n',
  )
  expect(await said('create', '--raw', '/x', '-f', 'a', '-f', 'b')).toBe(
    'error: --raw can only use a single local file or stdin\n',
  )
  expect(await said('delete', '--raw', '/x', '-i')).toBe('error: --interactive can not be used with --raw\n')
})
