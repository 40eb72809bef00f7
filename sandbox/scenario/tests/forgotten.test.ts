/** A world that nobody uses any more takes no memory: a page that starts anew a hundred times holds one cluster. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { configMap } from '../../api/kinds/configmap.ts'
import { createSession } from '../create.ts'
import type { LiveSession } from '../live-session.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const LINES = [
  'kubectl create deployment web --image=nginx:1.25 --replicas=2',
  'kubectl run sh --image=busybox --restart=Never -- sh -c "trap : TERM; sleep 1 & wait; cat /nope; exec sleep 30"',
  'kubectl run crash --image=busybox -- false; kubectl run unknown --image=nowhere/nothing:1',
  'sleep 5; kubectl get pods -o wide; kubectl exec deploy/web -- ls -l /dev | head -3; cat /missing',
  'kubectl delete pod sh --now; kubectl logs deploy/web; kubectl apply -f missing.yaml',
]

/** Lives and dies in here, so that nothing but the session's own doing can keep it. */
async function oneLife(seed: string): Promise<WeakRef<object>> {
  const session = await createSession({ seed })
  for (const line of LINES) {
    const command = session.workstation.run(line, () => {})
    for (let i = 0; i < 600 && !command.ended(); i++) await session.advance(100)
    expect(command.ended()).toBeDefined()
  }
  await session.advance(60_000)
  return new WeakRef(session.cluster.store)
}

async function collectAll(): Promise<void> {
  // What a collection finds free by weak references is gone with the one after it; and the engine's threads that compile
  // meanwhile hold on to what they look at.
  for (let i = 0; i < 10; i++) {
    await new Promise(resolve => setTimeout(resolve, 20))
    collect()
  }
}

/** A version of an object with more after it than the API server remembers. */
function oldVersion({ cluster: { client, store } }: LiveSession): WeakRef<object> {
  const change = (i: number) => client.patch(configMap, 'default', 'c', { data: { i: String(i) } })
  client.create(configMap, { metadata: { name: 'c', namespace: 'default' }, data: {} })
  // Not the first two: who owns which field is worked out from those.
  for (let i = 0; i < 3; i++) change(i)
  const old = new WeakRef<object>(store.get('configmaps', 'default', 'c')!)
  for (let i = 3; i < 2100; i++) change(i)
  return old
}

describe('a session that has ended', () => {
  test('is forgotten, whatever ran in it', async () => {
    const lives = [await oneLife('first'), await oneLife('second')]
    await collectAll()
    expect(lives.map(life => life.deref() === undefined)).toEqual([true, true])
  })
})

describe('sessions that have ended', () => {
  const lesson = { id: 'a/b', manifests: {}, files: {}, settleMs: 0 }
  const exercises = [{ id: 'e', checks: [{ id: 'c', expression: "history('configmaps').size() > 0" }] }]

  test('is kept only where a check may ask for it', async () => {
    const sessions = [
      await createSession({ seed: 'a' }),
      await createSession({ seed: 'b', lesson: { ...lesson, exercises: [] } }),
      await createSession({ seed: 'c', lesson: { ...lesson, exercises } }),
    ]
    const old = sessions.map(oldVersion)
    await collectAll()
    expect(old.map(version => version.deref() !== undefined)).toEqual([false, false, true])
    for (const session of sessions) await session.advance(0)
  })
})
