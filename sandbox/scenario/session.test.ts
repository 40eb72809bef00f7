/** A session from its start to its record. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSession, replaySession } from './create.ts'
import type { LiveSession } from './live-session.ts'
import type { Input, LessonWorld } from './session.ts'

const lesson: LessonWorld = {
  id: '01-x/01-y',
  manifests: { '1.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: given }\ndata: { a: "1" }\n' },
  files: {
    'pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: "nginx:1.27" }] }\n',
  },
  settleMs: 5_000,
  exercises: [
    {
      id: 'run',
      checks: [{ id: 'exists', expression: `pod('web') != null`, hints: [{ id: 'other', when: 'pods.size() > 0' }] }],
    },
  ],
}

/** A session with one terminal, and what it has shown, without colours. */
async function begin(): Promise<{ session: LiveSession; screen(): string; type(line: string): Promise<void> }> {
  const session = await createSession({ seed: 'test', lesson })
  let shown = ''
  session.onOutput((_, data) => (shown += data))
  const terminal = session.openTerminal({ columns: 100, rows: 30 })
  await session.advance(0)
  return {
    session,
    screen: () => shown.replace(/\x1b\[[\d;]*[A-Za-z]/g, ''),
    async type(line) {
      await session.dispatch({ type: 'command', terminal, line })
      for (let i = 0; i < 1000 && !session.terminalState(terminal).idle; i++) await session.advance(100)
    },
  }
}

describe('a session', () => {
  test('kubectl keeps what it has learnt of the server in the learner’s own ~/.kube', async () => {
    const { type, screen } = await begin()
    await type('kubectl get pods')
    await type('ls -ld .kube .kube/cache .kube/cache/discovery')
    expect(screen().match(/^drwx\S+ +\d+ learner +learner .*/gm)).toHaveLength(3)
  })

  test('folders of files from the editor belong to the learner', async () => {
    const { session, screen, type } = await begin()
    await session.dispatch({ type: 'file', path: 'dir/sub/a.yaml', text: 'x\n' })
    await type('rm dir/sub/a.yaml && rmdir dir/sub && ls -A dir && echo gone')
    expect(screen()).not.toContain('denied')
    expect(session.files()).not.toHaveProperty('dir/sub/a.yaml')
  })

  test('begins as the lesson says', async () => {
    const { session, screen, type } = await begin()
    expect(session.files()).toEqual(lesson.files)
    await type('ls; kubectl get configmap given -o name')
    expect(screen()).toContain('pod.yaml')
    expect(screen()).toContain('configmap/given')
  })

  test('knows kubectl as k, and runs what is typed', async () => {
    const { session, screen, type } = await begin()
    await type('k apply -f pod.yaml')
    expect(screen()).toContain('pod/web created')
    expect(await session.check('run')).toEqual([{ id: 'exists', passed: true }])
    await session.advance(30_000)
    expect(session.view().pods.find(p => p.metadata.name === 'web')?.status.phase).toBe('Running')
  })

  test('says which hint explains a failed check', async () => {
    const { session, type } = await begin()
    expect(await session.check('run')).toEqual([{ id: 'exists', passed: false, hint: 'exists' }])
    await type('kubectl run wbe --image=nginx:1.27')
    expect(await session.check('run')).toEqual([{ id: 'exists', passed: false, hint: 'other' }])
    await expect(session.check('nosuch')).rejects.toThrow('nosuch')
  })

  test('takes a file from the editor, and tells of one changed inside', async () => {
    const { session, screen, type } = await begin()
    const told: [string, string | null][] = []
    session.onFile((path, text) => told.push([path, text]))
    await session.dispatch({ type: 'file', path: 'notes/a.txt', text: 'from the editor\n' })
    expect(told).toEqual([])
    await type('cat notes/a.txt; echo inside > b.txt; rm pod.yaml')
    expect(screen()).toContain('from the editor')
    expect(told).toContainEqual(['b.txt', 'inside\n'])
    expect(told).toContainEqual(['pod.yaml', null])
    expect(session.files()).toEqual({ 'notes/a.txt': 'from the editor\n', 'b.txt': 'inside\n' })
  })

  test('asks the editor for vi, and goes on when it is saved', async () => {
    const { session, screen } = await begin()
    let asked: { path: string; text: string; done: (text: string | null) => void } | undefined
    session.onEdit(request => (asked = request))
    await session.dispatch({ type: 'command', terminal: 0, line: 'vi pod.yaml && echo saved' })
    expect(asked).toMatchObject({ path: 'pod.yaml', text: lesson.files['pod.yaml'] })
    expect(screen()).not.toContain('\nsaved')
    asked!.done('kind: Other\n')
    await session.advance(0)
    expect(session.files()['pod.yaml']).toBe('kind: Other\n')
    expect(session.record().inputs.at(-1)!.input).toEqual({ type: 'edited', request: 1, text: 'kind: Other\n' })
  })

  test('loses nothing that is typed while a command runs', async () => {
    const { session, screen } = await begin()
    for (const data of ['sleep 2\r', 'echo ah', 'ead\recho a', 'gain\r']) {
      await session.dispatch({ type: 'terminal', terminal: 0, data })
      await session.advance(900)
    }
    await session.advance(1000)
    expect(screen()).toMatch(/\nahead\r\n[\s\S]*\nagain\r\n/)
  })

  test('interrupts what runs by Ctrl-C', async () => {
    const { session, screen, type } = await begin()
    await session.dispatch({ type: 'command', terminal: 0, line: 'sleep 1000' })
    await session.dispatch({ type: 'terminal', terminal: 0, data: '\x03' })
    await type('echo code $?')
    expect(screen()).toContain('code 130')
  })

  test('copies files into a container and back, in the words of its tar', async () => {
    const { screen, type } = await begin()
    await type('kubectl run p --image=busybox:1.36 -- sleep 1000; kubectl wait pod/p --for=condition=Ready')
    await type('mkdir -p d/e; echo inside > d/e/f; kubectl cp d p:/tmp; kubectl exec p -- cat /tmp/d/e/f')
    await type('kubectl cp p:/tmp/d back; cat back/e/f; kubectl cp p:/none x')
    expect(screen()).toContain('\ninside\r\n')
    expect(screen()).toContain("tar: removing leading '/' from member names\r\ninside\r\n")
    expect(screen()).toContain('tar: /none: No such file or directory\r\n')
    expect(screen()).toContain('command terminated with exit code 1\r\n')
  })

  test('follows the logs of several containers at once', async () => {
    const { screen, type } = await begin()
    const container = (name: string) =>
      `{ name: ${name}, image: "busybox:1.36", command: [sh, -c, "echo ${name} begins; sleep 9; echo ${name} ends"] }`
    await type(
      `echo '{ apiVersion: v1, kind: Pod, metadata: { name: duo }, spec: { restartPolicy: Never, containers: [${container('one')}, ${container('two')}] } }' > duo.yaml`,
    )
    await type('kubectl apply -f duo.yaml; sleep 5; kubectl logs duo -f --all-containers --prefix; echo over')
    expect(screen()).toMatch(/\[pod\/duo\/one\] one ends\r?\n/)
    expect(screen()).toMatch(/\[pod\/duo\/two\] two ends\r?\n/)
    expect(screen()).toMatch(/\nover\r?\n/)
  })

  test('a command that writes to nobody dies in silence', async () => {
    const { screen, type } = await begin()
    await type('kubectl run brief --rm -i --restart=Never --image=busybox:1.36 -- seq 1 5 | head -n 1; echo over')
    expect(screen()).toMatch(/\nover\r?\n/)
    expect(screen()).not.toContain('error')
  })

  test('lets a node lose its power', async () => {
    const { session, type, screen } = await begin()
    await session.dispatch({ type: 'fault', command: 'node stop worker-1' })
    await session.advance(60_000)
    await type('kubectl get nodes')
    expect(screen()).toMatch(/worker-1 +NotReady/)
    await expect(session.dispatch({ type: 'fault', command: 'node stop nosuch' })).rejects.toThrow('nosuch')
  })
})

const commands = [
  'kubectl apply -f pod.yaml',
  'kubectl get pods -o wide',
  'kubectl delete pod web --wait=false',
  'kubectl create deployment d --image=nginx:1.27 --replicas=2',
  'kubectl scale deployment d --replicas=1',
  'kubectl describe pod web',
  'echo $RANDOM > r.txt',
  'kubectl get events',
  'podlab node stop worker-1',
  'podlab node start worker-1',
]
const input = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...commands).map((line): Input => ({ type: 'command', terminal: 0, line })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('ls\r', '\x03', 'kube\tge', '\x1b[A')
      .map((data): Input => ({ type: 'terminal', terminal: 0, data })),
  },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 20 }).map((text): Input => ({ type: 'file', path: 'note.txt', text })),
  },
)
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), input), { maxLength: 8 })

describe('a history', () => {
  test('is the same when its record is played again, and when time passes in small steps', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 100, max: 7_000 }), async (steps, slice) => {
        const live = await createSession({ seed: 'p', lesson })
        live.openTerminal({ columns: 80, rows: 24 })
        for (const [pause, what] of steps) {
          await live.advance(pause)
          await live.dispatch(what)
        }
        await live.advance(20_000)
        const record = live.record()
        expect((await replaySession(record, lesson)).hash()).toBe(live.hash())

        const slow = await createSession({ seed: 'p', lesson })
        const until = async (at: number) => {
          while (slow.now < at) await slow.advance(Math.min(slice, at - slow.now))
        }
        for (const { at, input: what } of record.inputs) {
          await until(at)
          await slow.dispatch(what)
        }
        await until(record.end)
        expect(slow.hash()).toBe(live.hash())
      }),
      { numRuns: 8 },
    )
  })

  test('can be turned back, and goes on from there as before', async () => {
    const { session, type } = await begin()
    const before = session.hash()
    const middle = session.now
    await session.advance(10_000)
    await type('kubectl apply -f pod.yaml')
    await session.advance(20_000)
    const record = session.record()
    const earlier = await replaySession(record, lesson, middle)
    expect(earlier.hash()).toBe(before)
    await earlier.advance(10_000)
    expect((await replaySession(earlier.record(), lesson)).hash()).toBe(earlier.hash())
  })
})
