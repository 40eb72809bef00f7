/** `kubectl port-forward` in the learner's terminal. */
import { expect, test } from 'vitest'
import { createSession, replaySession } from '../create.ts'
import type { LessonWorld } from '../session.ts'

const LESSON: LessonWorld = {
  id: '01-x/01-y',
  manifests: {
    'pod.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ name: http, port: 8000, targetPort: http }] }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: web, labels: { app: web } }\nspec: { containers: [{ name: web, image: "nginx:1.27", ports: [{ name: http, containerPort: 80 }] }] }\n',
  },
  files: {},
  settleMs: 10_000,
  exercises: [],
}

/** A session whose Pod answers, and what its terminals show. */
async function begin() {
  const session = await createSession({ seed: 'test', lesson: LESSON })
  const screens: string[] = []
  session.onOutput((terminal, data) => (screens[terminal] = (screens[terminal] ?? '') + data))
  const open = (): number => session.openTerminal({ columns: 200, rows: 40 })
  const type = async (terminal: number, line: string): Promise<string> => {
    screens[terminal] = ''
    await session.dispatch({ type: 'command', terminal, line })
    await session.advance(3_000)
    return screens[terminal]!.replace(/\x1b\[[\d;]*[A-Za-z]/g, '')
  }
  return { session, open, type, screen: (terminal: number) => screens[terminal] ?? '' }
}

test('a second one cannot have the same port, nor anybody an address of another machine', async () => {
  const { open, type } = await begin()
  const [first, second] = [open(), open()]
  await type(first, 'kubectl port-forward pod/web 8080:80')
  const said = await type(second, 'kubectl port-forward pod/web 8080:80')
  expect(said).toContain('Error listen tcp4 127.0.0.1:8080: bind: address already in use]')
  expect(said).toContain('error: unable to listen on any of the requested ports: [{8080 80}]')
  expect(await type(second, 'kubectl port-forward --address=1.2.3.4 pod/web 8080:80')).toContain(
    'Error listen tcp4 1.2.3.4:8080: bind: cannot assign requested address]',
  )
})

test('where nothing listens in the Pod, the connection is lost', async () => {
  const { session, open, type, screen } = await begin()
  const terminal = open()
  await type(terminal, 'kubectl port-forward web 8081')
  expect(await session.preview(8081, '/')).toMatchObject({ status: 0, error: 'no answer in HTTP' })
  expect(screen(terminal)).toContain('an error occurred forwarding 8081 -> 8081')
  expect(screen(terminal)).toContain('error: lost connection to pod')
})

test('a forwarded port shows the page that the Pod serves, and the same record gives the same history', async () => {
  const { session, open, type, screen } = await begin()
  const terminal = open()
  await type(terminal, 'kubectl port-forward svc/web 8080:http')
  expect(screen(terminal)).toContain('Forwarding from 127.0.0.1:8080 -> 80')
  expect(session.ports()).toEqual([8080])
  const page = await session.preview(8080, '/')
  expect(page).toMatchObject({ status: 200, type: 'text/html' })
  expect(page.body).toContain('Welcome to nginx!')
  expect(screen(terminal)).toContain('Handling connection for 8080')
  expect(await session.preview(8080, '/nothing')).toMatchObject({ status: 404 })
  await session.dispatch({ type: 'terminal', terminal, data: '\x03' })
  await session.advance(100)
  expect(session.ports()).toEqual([])
  expect(await session.preview(8080, '/')).toMatchObject({ status: 0, error: 'connection refused' })
  const again = await replaySession(session.record(), LESSON)
  expect(again.hash()).toBe(session.hash())
})
