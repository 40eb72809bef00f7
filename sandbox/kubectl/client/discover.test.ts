/** Discovery is cached in files, and asked for again when a resource is not found there. */
import { describe, expect, it } from 'vitest'
import { run } from '../testing.ts'

const group = (name: string, version: string, plural: string, kind: string): object => ({
  metadata: name ? { name } : {},
  versions: [
    {
      version,
      resources: [
        {
          resource: plural,
          responseKind: { group: name, version, kind },
          scope: 'Namespaced',
          singularResource: kind.toLowerCase(),
          verbs: ['get', 'list'],
          subresources: [{ subresource: 'status', responseKind: { group: name, version, kind }, verbs: ['get'] }],
        },
      ],
    },
  ],
})

const server =
  (...groups: object[]) =>
  (_method: string, path: string): { body: unknown } | undefined => {
    if (path === '/api') return { body: { items: [group('', 'v1', 'pods', 'Pod')] } }
    if (path === '/apis') return { body: { items: groups } }
    if (path.startsWith('/api/v1/') || path.startsWith('/apis/a.b/v1/')) return { body: { kind: 'List', items: [] } }
    return undefined
  }

const HOST = '/home/learner/.kube/cache/discovery/localhost_8080'

describe('the discovery cache', () => {
  it('spares the next run its questions', async () => {
    const first = await run(['get', 'pods', '-o', 'name'], { server: server() })
    expect(first.requests.slice(0, 2)).toEqual(['GET /api', 'GET /apis'])
    expect(JSON.parse(first.files[`${HOST}/v1/serverresources.json`]!)).toEqual({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'v1',
      resources: [
        { name: 'pods', singularName: 'pod', namespaced: true, version: 'v1', kind: 'Pod', verbs: ['get', 'list'] },
        { name: 'pods/status', singularName: 'pod', namespaced: true, version: 'v1', kind: 'Pod', verbs: ['get'] },
      ],
    })
    const second = await run(['get', 'pods', '-o', 'name'], { server: server(), files: first.files })
    expect(second.requests.map(r => r.split('?')[0])).toEqual(['GET /api/v1/namespaces/default/pods'])
  })

  it('is left aside for what it does not know', async () => {
    const { files } = await run(['get', 'pods', '-o', 'name'], { server: server() })
    const later = await run(['get', 'widgets', '-o', 'name'], {
      server: server(group('a.b', 'v1', 'widgets', 'Widget')),
      files,
    })
    expect(later.err).toBe('')
    expect(later.requests.slice(0, 2)).toEqual(['GET /api', 'GET /apis'])
    const gone = await run(['get', 'widgets', '-o', 'name'], {
      server: (_m, path) => ({ status: 404, body: `${path}: 404 page not found` }),
      files: later.files,
    })
    expect(gone.err).toBe(
      'Error from server (NotFound): Unable to list "a.b/v1, Resource=widgets": the server could not find the requested resource (get widgets.a.b)\n',
    )
  })

  it('is renewed by api-resources', async () => {
    const { files } = await run(['get', 'pods', '-o', 'name'], { server: server() })
    const { requests } = await run(['api-resources'], { server: server(), files })
    expect(requests).toEqual(['GET /api', 'GET /apis'])
    expect((await run(['api-resources', '--cached'], { server: server(), files })).requests).toEqual([])
  })
})

describe('--v', () => {
  it('tells of requests in lines like those of klog', async () => {
    const { err } = await run(['get', 'pods', '-o', 'name', '--v=6'], { server: server() })
    expect(err.split('\n')[0]).toBe(
      'I0105 09:00:00.000000       7 round_trippers.go:632] "Response" verb="GET" url="http://localhost:8080/api" status="200 OK" milliseconds=0',
    )
    const more = await run(['get', 'pods', '-o', 'name', '--v=8'], { server: server() })
    expect(more.err).toContain('"Response Body" body="{\\"kind\\":\\"List\\",\\"items\\":[]}"')
  })
})
