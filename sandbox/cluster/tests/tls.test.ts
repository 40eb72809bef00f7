/** TLS between Pods, and between the API server and Pods. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import type { ApiResponse } from '../../http/exchange.ts'
import { AGNHOST, type World, world } from '../testing.ts'

/** One server with TLS and one without. */
const servers = (probe?: object) => ({
  containers: [
    {
      name: 'main',
      image: AGNHOST,
      args: ['porter'],
      env: [
        { name: 'SERVE_TLS_PORT_443', value: 'in secret' },
        { name: 'SERVE_PORT_80', value: 'in the open' },
      ],
      ...(probe && { readinessProbe: { httpGet: probe } }),
    },
  ],
})

const ready = (w: World, name: string): boolean =>
  w.pod(name).status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false

async function throughTheApi(w: World, name: string): Promise<string> {
  const url = `/api/v1/namespaces/default/pods/${name}/proxy/`
  const request = { method: 'GET', url, headers: {}, body: '', user: ADMIN }
  await w.cluster.api.missing(request)
  const answer = new Promise<ApiResponse>(resolve => w.cluster.api.answer(request, resolve))
  await w.wait(1)
  const { status, body } = await answer
  return status < 400 ? String(body) : JSON.parse(String(body)).message
}

describe('a server in a Pod that speaks TLS', () => {
  it('is found ready by HTTPS, whatever its certificate says, and a server without TLS is not', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('secure', servers({ port: 443, scheme: 'HTTPS' }))
    await w.run('open', servers({ port: 80, scheme: 'HTTPS' }), { seconds: 15 })
    expect([ready(w, 'secure'), ready(w, 'open')]).toEqual([true, false])
    expect(w.events('open').join()).toMatch('http: server gave HTTP response to HTTPS client')
  })

  it('is believed by who has its certificate', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('secure', servers())
    const curl = (how: string) => w.exec('secure', `curl -sS ${how}`)
    expect((await curl('--cacert /localhost.crt https://127.0.0.1')).out).toBe('in secret')
    expect((await curl('https://127.0.0.1')).code).toBe(60)
    expect((await curl('-k https://127.0.0.1')).out).toBe('in secret')
    expect((await curl('http://127.0.0.1:443')).out).toBe('Client sent an HTTP request to an HTTPS server.\n')
    expect((await curl('-k https://127.0.0.1:80')).err).toMatch('wrong version number')
  })

  it('is reached through the API server’s proxy by the scheme in its name', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('both', servers())
    expect(await throughTheApi(w, 'https:both:443')).toBe('in secret')
    expect(await throughTheApi(w, 'both:80')).toBe('in the open')
    expect(await throughTheApi(w, 'https:both:80')).toBe(
      'error trying to reach service: http: server gave HTTP response to HTTPS client',
    )
  })
})
