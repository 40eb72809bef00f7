/** For tests only: a session that keeps to the contract of time, record and terminals, with one Pod to look at. */
import type { ClusterView, Input, LessonWorld, Session, SessionRecord } from '../../../sandbox/scenario/session.ts'

export function createFakeSession(options: { seed: string; lesson?: LessonWorld; start?: number }): Session {
  const start = options.start ?? 0
  let now = start
  let terminals = 0
  const inputs: SessionRecord['inputs'][number][] = []
  const files: Record<string, string> = { ...options.lesson?.files }
  const pods: ClusterView['pods'][number][] = []
  const output: ((terminal: number, data: string) => void)[] = []
  const changed: (() => void)[] = []
  const edits: ((request: { path: string; text: string; done(text: string | null): void }) => void)[] = []
  const print = (terminal: number, data: string): void => {
    for (const handler of output) handler(terminal, data)
  }
  let requests = 0
  const waiting = new Map<number, (text: string | null) => void>()
  const answer = (request: number, text: string | null): void => {
    const done = waiting.get(request)
    waiting.delete(request)
    done?.(text)
  }
  const note = (input: Input): void => {
    inputs.push({ at: now, input })
  }
  const addPod = (name: string): void => {
    const uid = `uid-${name}`
    const creationTimestamp = new Date(now).toISOString()
    pods.push({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', uid, resourceVersion: String(inputs.length), creationTimestamp },
      spec: { containers: [{ name, image: 'nginx' }] },
      status: { phase: 'Pending' },
    })
    for (const handler of changed) handler()
  }
  return {
    get now() {
      return now
    },
    async dispatch(input) {
      if (input.type === 'open') return void this.openTerminal(input)
      note(input)
      if (input.type === 'edited') answer(input.request, input.text)
      if (input.type === 'file') {
        if (input.text === null) delete files[input.path]
        else files[input.path] = input.text
      }
      if (input.type === 'terminal') print(input.terminal, input.data)
      if (input.type === 'command') {
        print(input.terminal, `$ ${input.line} @${now - start}\r\n`)
        if (input.line === 'crash') throw new Error('boom')
        if (input.line.startsWith('run ')) addPod(input.line.slice(4))
        if (input.line === 'edit') {
          const request = ++requests
          waiting.set(request, text =>
            print(
              0,
              `edited ${text}
`,
            ),
          )
          for (const ask of edits)
            ask({
              path: 'x.yaml',
              text: 'a',
              done: text => {
                note({ type: 'edited', request, text })
                answer(request, text)
              },
            })
        }
      }
    },
    async advance(ms) {
      now += ms
    },
    async step(limitMs = 0) {
      now += limitMs
      return false
    },
    openTerminal({ columns, rows }) {
      const terminal = terminals++
      note({ type: 'open', terminal, columns, rows })
      print(terminal, 'welcome\r\n')
      return terminal
    },
    closeTerminal: terminal => note({ type: 'close', terminal }),
    onOutput: handler => void output.push(handler),
    onFile: () => {},
    onEdit: handler => void edits.push(handler),
    onChange: handler => void changed.push(handler),
    view: () => ({ now, nodes: [], pods: [...pods], services: [], workloads: [], events: [] }),
    askNodes: async () => undefined,
    dryRun: async () => [],
    compareLive: async () => [],
    files: () => ({ ...files }),
    ports: () => [],
    preview: async () => ({ status: 0, type: '', body: '', error: 'nothing listens here' }),
    async check(exercise) {
      return [{ id: exercise, passed: pods.length > 0, ...(pods.length === 0 && { hint: 'none' }) }]
    },
    record: () => ({
      version: 1,
      lesson: options.lesson?.id ?? '',
      seed: options.seed,
      start,
      nodes: [],
      inputs: [...inputs],
      end: now,
    }),
    hash: () => `${now}:${inputs.length}`,
  }
}
