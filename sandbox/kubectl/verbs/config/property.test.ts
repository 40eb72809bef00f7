/** `kubectl config set` and `unset`: the path of a property. */
import { expect, it } from 'vitest'
import { run } from '../../testing.ts'

const HOME = '/home/learner/.kube/config'
const CONFIG = `apiVersion: v1
kind: Config
clusters:
- name: 10.0.0.1
  cluster: {server: https://10.0.0.1}
users:
- name: joe
  user: {token: abc}
`

async function config(...lines: string[]): Promise<{ err: string; text: string }> {
  let text = CONFIG
  let err = ''
  for (const line of lines) {
    const said = await run(['config', ...line.split(' ')], { files: { [HOME]: text } })
    text = said.files[HOME]!
    err += said.err
  }
  return { err, text }
}

it('a name of an entry may hold dots: it ends where a field begins', async () => {
  const { text, err } = await config('set clusters.10.0.0.1.insecure-skip-tls-verify true')
  expect(err).toBe('')
  expect(text).toContain('    insecure-skip-tls-verify: true\n    server: https://10.0.0.1\n  name: 10.0.0.1\n')
})

it.each([
  ['set x y', 'unable to parse x after [] at api.Config'],
  ['set current-context.x y', 'unable to parse one or more field values of current-context.x'],
  ['set clusters y', "can't set a map to a value: map[10.0.0.1:0xc000400000]"],
  ['set clusters.10.0.0.1.nope y', "can't set a map to a value: map[10.0.0.1:0xc000400000]"],
  ['set users.joe.client-key-data abc', 'error decoding input value: illegal base64 data at input byte 0'],
  ['set users.joe.client-key-data a-bc', 'error decoding input value: illegal base64 data at input byte 1'],
  ['set clusters.10.0.0.1.insecure-skip-tls-verify maybe', 'strconv.ParseBool: parsing "maybe": invalid syntax'],
  ['set users.joe.act-as-groups x', 'unrecognized slice type. string'],
  ['unset users.jim.token', 'current map key `jim` is invalid'],
])('config %s is refused, and nothing is written', async (line, words) => {
  const { text, err } = await config(line)
  expect(err).toBe(`error: ${words}\n`)
  expect(text).toBe(CONFIG)
})

it('unsets a value, an entry, all of a kind', async () => {
  const { text, err } = await config(
    'set contexts.new.namespace shop',
    'set users.joe.client-key-data YWJj',
    'unset users.joe.token',
    'unset clusters.10.0.0.1',
  )
  expect(err).toBe('')
  expect(text).toContain('clusters: null\n')
  expect(text).toContain('    cluster: ""\n    namespace: shop\n    user: ""\n  name: new\n')
  expect(text).toContain('users:\n- name: joe\n  user:\n    client-key-data: YWJj\n')
  expect((await config('unset users')).text).toContain('users: null\n')
})
