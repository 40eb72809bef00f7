/** kubectl proxy on the learner's machine, as the official tutorials use it. What a real one said is what is expected. */
import { beforeAll, describe, expect, test } from 'vitest'
import { createSession, replaySession } from '../create.ts'
import type { LessonWorld, Session } from '../session.ts'

const LESSON: LessonWorld = {
  id: '01-x/01-y',
  manifests: {
    'pod.yaml': `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 8000, targetPort: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: "nginx:1.27", ports: [{ containerPort: 80 }] }] }
`,
  },
  files: { 'www/a.txt': 'text\n', 'www/sub/index.html': 'i\n' },
  settleMs: 10_000,
  exercises: [],
}

let session: Session
let terminal: number
let screen = ''

beforeAll(async () => {
  session = await createSession({ seed: 'test', lesson: LESSON })
  session.onOutput((_, data) => (screen += data))
  terminal = session.openTerminal({ columns: 250, rows: 40 })
})

/** What a line typed at the prompt shows, without the prompt and the line itself. */
async function type(line: string): Promise<string> {
  screen = ''
  await session.dispatch({ type: 'command', terminal, line })
  await session.advance(3_000)
  const shown = screen.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n')
  return shown
    .slice(shown.indexOf('\n') + 1)
    .replace(/\n?~ \$ $/, '')
    .trimEnd()
}
const curl = (how: string): Promise<string> => type(`curl -s ${how}`)

describe('in the background of the terminal', () => {
  test('it leads to the API, as whoever runs it', async () => {
    expect(await type('kubectl proxy &')).toMatch(/^\[1\] \d+\n.*Starting to serve on 127\.0\.0\.1:8001/s)
    expect(await curl('http://localhost:8001/version')).toContain('"gitVersion": "v1.36.2"')
    expect(await curl('-i http://localhost:8001/version')).toMatch(
      /^HTTP\/1\.1 200 OK\nAudit-Id: \S+\nCache-Control: no-cache, private\nContent-Length: \d+\nContent-Type: application\/json\nDate: /,
    )
    const list = JSON.parse(await curl('localhost:8001/api/v1/namespaces/default/pods'))
    expect(list.items.map((pod: { metadata: { name: string } }) => pod.metadata.name)).toEqual(['web'])
  })

  test('and through the API to Pods and Services', async () => {
    const inDefault = 'localhost:8001/api/v1/namespaces/default'
    expect(await curl(`${inDefault}/pods/web/proxy/`)).toContain('Welcome to nginx!')
    expect(await curl(`${inDefault}/services/web:8000/proxy/`)).toContain('Welcome to nginx!')
    expect(JSON.parse(await curl(`${inDefault}/pods/web:81/proxy/`))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: expect.stringMatching(
        /^error trying to reach service: dial tcp 10\.\S+:81: connect: connection refused$/,
      ),
      reason: 'ServiceUnavailable',
      code: 503,
    })
    expect(await type('kubectl logs web --tail=1')).toMatch(/"GET \/ HTTP\/1\.1" 200 .*"curl\/\S+" "127\.0\.0\.1, \S+"/)
  })

  test('what writes is passed on, and what it must not do is forbidden', async () => {
    const made = await curl(
      `-XPOST -H 'Content-Type: application/json' -d '{"metadata":{"name":"made"}}' localhost:8001/api/v1/namespaces/default/configmaps`,
    )
    expect(JSON.parse(made)).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'made' } })
    expect(await type('kubectl get configmap made -o name')).toBe('configmap/made')
    expect(await curl('localhost:8001/api/v1/namespaces/default/pods/web/exec')).toBe('Forbidden')
    expect(await curl('-i -H "Host: example.com" localhost:8001/version')).toMatch(
      /^HTTP\/1\.1 403 Forbidden\nContent-Type: text\/plain; charset=utf-8\nX-Content-Type-Options: nosniff\nDate: .*\nContent-Length: 10\n\nForbidden$/,
    )
  })

  test('a watch goes on for as long as somebody listens, and others are answered meanwhile', async () => {
    await type(`curl -sN 'localhost:8001/api/v1/namespaces/default/configmaps?watch=1' > seen.txt &`)
    expect(await curl('localhost:8001/healthz')).toBe('ok')
    await type('kubectl create configmap later')
    await type('kill %2')
    expect(await type(`grep -o '"name":"later"' seen.txt`)).toBe('"name":"later"')
  })

  test('its port is its own until it is stopped', async () => {
    expect(await type('kubectl proxy')).toBe('error: listen tcp 127.0.0.1:8001: bind: address already in use')
    await type('kill %1')
    expect(await type('curl -sS localhost:8001')).toContain('Failed to connect to localhost port 8001')
  })
})

describe('with its flags', () => {
  test('files beside the API, as Go serves them', async () => {
    await type('kubectl proxy -p 8002 --www=www --www-prefix=/st --api-prefix=/api/ &')
    expect(await curl('localhost:8002/st/')).toBe(
      '<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n<a href="a.txt">a.txt</a>\n<a href="sub/">sub/</a>\n</pre>',
    )
    expect(await curl('localhost:8002/st/a.txt')).toBe('text')
    expect(await curl('-L localhost:8002/st/sub')).toBe('i')
    expect(await curl('localhost:8002/st')).toBe('<a href="/st/">Moved Permanently</a>.')
    expect(await curl('localhost:8002/version')).toBe('404 page not found')
    expect(JSON.parse(await curl('localhost:8002/api/v1/namespaces/default')).kind).toBe('Namespace')
    await type('kill %1')
  })

  test('the API at another root, and less of it', async () => {
    await type(
      `kubectl proxy --port=0 --api-prefix=/custom --accept-paths='^/api/v1/namespaces' --reject-methods=DELETE &`,
    )
    const [port] = session.ports()
    const at = `localhost:${port}/custom`
    expect(JSON.parse(await curl(`${at}/api/v1/namespaces/default`)).kind).toBe('Namespace')
    expect(await curl(`${at}/version`)).toBe('Forbidden')
    expect(await curl(`-XDELETE ${at}/api/v1/namespaces/default`)).toBe('Forbidden')
    expect(await curl(`localhost:${port}/version`)).toBe('404 page not found')
    await type('kill %1')
  })

  test.each([
    ['--port=99999', 'error: listen tcp: address 99999: invalid port'],
    ['--address=1.2.3.4', 'error: listen tcp 1.2.3.4:8001: bind: cannot assign requested address'],
    ['--address=::1', 'error: listen tcp: address ::1:8001: too many colons in address'],
    ['--unix-socket=s --port=8003', 'error: cannot set --unix-socket and --port at the same time'],
    ["--accept-hosts='('", 'proxy_server.go:83] Error compiling re: error parsing regexp: missing closing ): `(`'],
  ])('%s', async (flags, words) => {
    expect(await type(`kubectl proxy ${flags}`)).toContain(words)
  })

  test('Ctrl-C ends one in front', async () => {
    expect(await type('kubectl proxy --address=0.0.0.0')).toBe('Starting to serve on [::]:8001')
    await session.dispatch({ type: 'terminal', terminal, data: '\x03' })
    await session.advance(100)
    expect(session.ports()).toEqual([])
  })
})

test('an API server that is down is told in Go’s words, here and there', async () => {
  await type('kubectl proxy &')
  await type('podlab apiserver stop')
  const told = await curl('localhost:8001/version')
  expect(told).toContain('dial tcp 192.168.49.2:6443: connect: connection refused')
  expect(told).toMatch(/E\d{4} \S+ +\d+ proxy_server\.go:147\] Error while proxying request: dial tcp/)
  await type('podlab apiserver start')
  await type('kill %1')
})

test('the record gives the same history', async () => {
  expect((await replaySession(session.record(), LESSON)).hash()).toBe(session.hash())
})
