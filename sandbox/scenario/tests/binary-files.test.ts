/** Files that hold bytes and no text: on the learner's machine, in Pods, in ConfigMaps and Secrets. */
import { beforeAll, expect, test } from 'vitest'
import { createSession } from '../create.ts'
import type { LessonWorld, Session } from '../session.ts'

const LESSON: LessonWorld = {
  id: '01-x/01-y',
  manifests: {
    'pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: box }\nspec: { containers: [{ name: box, image: "busybox:1.36", command: [sleep, "1000"] }] }\n',
  },
  files: {},
  settleMs: 10_000,
  exercises: [],
}
const BYTES = 'ff fe 00 01 61 62 63'
const ENCODED = '//4AAWFiYw=='

let session: Session
let out = ''

beforeAll(async () => {
  session = await createSession({ seed: 'test', lesson: LESSON })
  session.onOutput((_, data) => (out += data))
  await run(`printf '\\xff\\xfe\\x00\\x01abc' > data.bin`)
})

async function run(line: string): Promise<string> {
  out = ''
  const terminal = session.openTerminal({ columns: 200, rows: 40 })
  await session.dispatch({ type: 'command', terminal, line })
  await session.advance(3_000)
  session.closeTerminal(terminal)
  const shown = out.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n')
  return shown
    .slice(shown.indexOf(line) + line.length + 1)
    .replace(/\n?~ \$ $/, '')
    .trim()
}

test('tools see the bytes that were written', async () => {
  expect(await run('od -An -tx1 data.bin; wc -c < data.bin; base64 data.bin; md5sum < data.bin')).toBe(
    `${BYTES}\n7\n${ENCODED}\n7ddb4d482d8cfa459d2cee5de08b24af  -`,
  )
  expect(await run('gzip -c data.bin | gunzip | base64 | base64 -d | od -An -tx1')).toBe(BYTES)
})

test('a ConfigMap holds them apart from its texts, a Secret as it holds everything', async () => {
  await run('kubectl create configmap mixed --from-file=data.bin --from-literal=word=豆荚')
  const map = JSON.parse(await run('kubectl get configmap mixed -o json'))
  expect([map.binaryData, map.data]).toEqual([{ 'data.bin': ENCODED }, { word: '豆荚' }])
  await run('kubectl create secret generic key --from-file=data.bin')
  expect(await run('kubectl get secret key -o jsonpath={.data}')).toBe(`{"data.bin":"${ENCODED}"}`)
})

test('kustomize does so too, and cuts what is long into lines', async () => {
  await run('printf "configMapGenerator:\\n- name: g\\n  files: [data.bin]\\n" > kustomization.yaml')
  expect(await run('kubectl kustomize .')).toContain(`binaryData:\n  data.bin: ${ENCODED}\nkind: ConfigMap`)
})

test('kubectl cp carries them into a Pod and back', async () => {
  await run('kubectl cp data.bin box:/tmp/there && kubectl cp box:/tmp/there back.bin')
  expect(await run('kubectl exec box -- od -An -tx1 /tmp/there')).toBe(BYTES)
  expect(await run('cmp data.bin back.bin && echo the same')).toBe('the same')
  expect(await run('kubectl exec -i box -- md5sum < data.bin')).toBe('7ddb4d482d8cfa459d2cee5de08b24af  -')
})
