/** kubectl in a test: no cluster, files in memory, what it writes kept. */
import { type ApiResponse, ConnectionError, type Io, type RequestInit } from './io.ts'
import { runKubectl } from './main.ts'

export interface FakeOptions {
  files?: Record<string, string>
  stdin?: string
  /** Answers requests; a string is a body with code 200. */
  server?(method: string, path: string, init: RequestInit): { status?: number; body: unknown } | undefined
  env?: Record<string, string>
  edit?(text: string): string
}

const NOW = Date.UTC(2026, 0, 5, 9, 0, 0)

const answer = (status: number, body: unknown): ApiResponse => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    status,
    header: () => undefined,
    headers: () => ({}),
    text: async () => text,
    async *chunks() {
      yield text
    },
    cancel() {},
  }
}

export async function run(
  argv: readonly string[],
  options: FakeOptions = {},
): Promise<{ out: string; err: string; code: number; requests: string[]; files: Record<string, string> }> {
  let [out, err, stdin] = ['', '', options.stdin ?? '']
  const files: Record<string, string> = { ...options.files }
  const requests: string[] = []
  const io: Io = {
    transport: () => ({
      async request(path, init = {}) {
        requests.push(`${init.method ?? 'GET'} ${path}${init.body ? ` ${init.body}` : ''}`)
        const result = options.server?.(init.method ?? 'GET', path, init)
        if (!options.server)
          throw new ConnectionError('dial tcp 127.0.0.1:8080: connect: connection refused', 'localhost:8080')
        return result
          ? answer(result.status ?? 200, result.body)
          : answer(404, {
              kind: 'Status',
              status: 'Failure',
              reason: 'NotFound',
              message: 'the server could not find the requested resource',
              code: 404,
            })
      },
      async channel() {
        throw new ConnectionError('no channel in this test')
      },
    }),
    files: {
      read: async path => files[path],
      write: async (path, data) => void (files[path] = data),
      list: async path => [
        ...new Set(
          Object.keys(files)
            .filter(f => f.startsWith(`${path}/`))
            .map(f => f.slice(path.length + 1).split('/')[0]!),
        ),
      ],
      kind: async path =>
        path in files ? 'file' : Object.keys(files).some(f => f.startsWith(`${path}/`)) ? 'directory' : undefined,
      modified: async path => (path in files ? NOW : undefined),
      mkdir: async () => {},
      remove: async path => void delete files[path],
    },
    env: { HOME: '/home/learner', ...options.env },
    cwd: '/home/learner',
    pid: 7,
    async read() {
      const text = stdin
      stdin = ''
      return text
    },
    out: async text => void (out += text),
    err: async text => void (err += text),
    isTerminal: () => false,
    size: () => undefined,
    now: () => NOW,
    sleep: async () => {},
    random: n => 'bcdfghjklm'.slice(0, n),
    edit: async (_path, text) => options.edit?.(text) ?? text,
    background: work => {
      const done = work(io)
      return { done: () => done, stop: () => done }
    },
  }
  const code = await runKubectl(argv, io)
  return { out, err, code, requests, files }
}

const GROUPS = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [
        {
          version: 'v1',
          resources: [
            {
              resource: 'configmaps',
              responseKind: { group: '', version: 'v1', kind: 'ConfigMap' },
              scope: 'Namespaced',
              singularResource: 'configmap',
              shortNames: ['cm'],
              verbs: ['get', 'list'],
            },
            {
              resource: 'pods',
              responseKind: { group: '', version: 'v1', kind: 'Pod' },
              scope: 'Namespaced',
              singularResource: 'pod',
              verbs: ['get', 'list'],
            },
            {
              resource: 'namespaces',
              responseKind: { group: '', version: 'v1', kind: 'Namespace' },
              scope: 'Cluster',
              singularResource: 'namespace',
              shortNames: ['ns'],
              verbs: ['get', 'list'],
            },
          ],
        },
      ],
    },
  ],
}
/** A server that has these kinds and the objects given. */
export const server =
  (objects: Record<string, unknown>) =>
  (method: string, path: string): { status?: number; body: unknown } | undefined => {
    const [where] = path.split('?')
    if (where === '/api') return { body: GROUPS }
    if (where === '/apis') return { body: { kind: 'APIGroupDiscoveryList', items: [] } }
    const found = objects[`${method} ${where}`]
    return found === undefined ? undefined : { body: found }
  }

/** How often it was asked what the server offers, and that it did not answer. */
export const NO_SERVER = (attempts: number): string => {
  const attempt =
    'E0105 09:00:00.000000       7 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group list: Get \\"http://localhost:8080/api?timeout=32s\\": dial tcp 127.0.0.1:8080: connect: connection refused"\n'
  return `${attempt.repeat(attempts)}The connection to the server localhost:8080 was refused - did you specify the right host or port?\n`
}
