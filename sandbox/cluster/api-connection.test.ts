/** A connection to the API server, byte by byte, as a client of the network has it. */
import { expect, test } from 'vitest'
import { Clock } from '../clock/clock.ts'
import { type ApiRequest, plain, type Stream } from '../http/exchange.ts'
import type { Connection } from '../network/network.ts'
import { startTls } from '../network/tls.ts'
import { type Conversation, converse } from './api-connection.ts'

interface End extends Connection {
  take(data: string): void
  left(): void
}

/** Two ends of one connection; what is sent before anybody listens is kept. */
function wire(): [Connection, Connection] {
  const end = (ip: string, other: () => End): End => {
    let handler: ((data: string) => void) | undefined
    let kept = ''
    const leavers: (() => void)[] = []
    return {
      local: { ip, port: 1 },
      remote: { ip: 'other', port: 1 },
      send: (data: string) => other().take(data),
      take(data: string): void {
        if (handler) handler(data)
        else kept += data
      },
      onData(given: (data: string) => void): void {
        handler = given
        if (kept) given(kept)
        kept = ''
      },
      onClose: (leave: () => void) => void leavers.push(leave),
      left: () => leavers.splice(0).forEach(leave => void leave()),
      close: () => other().left(),
    }
  }
  const near = end('near', () => far)
  const far = end('far', () => near)
  return [near, far]
}

type Asked = Parameters<Conversation['api']['answerInTask']>

/** A client that has got as far as asking. @param answer as the API does it; with the path that was asked for when absent */
function connected(answer: (...asked: Asked) => Promise<void> | undefined = ({ url }, tell) => tell(plain(200, url))) {
  const clock = new Clock()
  const [near, far] = wire()
  const said = { text: '', closed: 0, ended: 0 }
  const api = { missing: () => undefined, answerInTask: answer }
  converse({ clock, api, certificate: { issuer: 'test', names: ['api'] } }, near, () => void said.ended++)
  startTls(far, 'api', result => {
    if (!result || !('connection' in result)) throw new Error('no TLS')
    result.connection.onData(data => {
      said.text += data
    })
  })
  far.onClose(() => void said.closed++)
  return {
    said,
    leave: () => far.close(),
    /** @returns bodies of what came back, and what it says of the connection */
    async ask(...requests: string[]): Promise<{ text: string; bodies: string[]; closes: boolean }> {
      said.text = ''
      far.send(requests.join(''))
      await clock.advance(1)
      const bodies = said.text.split(/HTTP\/1\.1 \d+ [\s\S]*?\r\n\r\n/).slice(1)
      return { text: said.text, bodies, closes: /^Connection: close\r$/m.test(said.text) }
    },
  }
}

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: api\r\n${headers}\r\n`

test('many requests follow each other, each after the answer to the one before, in their order', async () => {
  const { ask, said } = connected()
  expect((await ask(get('/a'), get('/b'))).bodies).toEqual(['/a', '/b'])
  expect((await ask(get('/c'))).closes).toBe(false)
  expect([said.closed, said.ended]).toEqual([0, 0])
})

test('one that says Connection: close is the last', async () => {
  const { ask, said } = connected()
  const { bodies, closes } = await ask(get('/last', 'connection: Close\r\n'), get('/more'))
  expect([bodies, closes]).toEqual([['/last'], true])
  expect([said.closed, said.ended]).toEqual([1, 1])
})

test('HEAD is told how long the answer would be, and nothing of it', async () => {
  const { ask } = connected((_, tell) => tell(plain(200, 'grün')))
  const { text, bodies } = await ask('HEAD /healthz HTTP/1.1\r\nHost: api\r\n\r\n')
  expect(text).toContain('Content-Length: 5\r\n')
  expect(bodies).toEqual([''])
})

test('what cannot be read is answered once, and ends it', async () => {
  const { ask, said } = connected()
  expect((await ask('nonsense\r\n\r\n')).text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(said.ended).toBe(1)
})

test('a watch of a client that has gone is stopped; of one that stays it ends with the stream', async () => {
  let stopped = 0
  let over = (): void => {}
  const body: Stream = {
    open(write, end) {
      write('{"type":"ADDED"}\n')
      over = end
      return () => void stopped++
    },
  }
  const watching = (_: ApiRequest, tell: Asked[1]) => tell({ ...plain(200, ''), body })
  const gone = connected(watching)
  const { bodies, closes } = await gone.ask(get('/api/v1/pods?watch=1'))
  expect([bodies, closes]).toEqual([['{"type":"ADDED"}\n'], true])
  expect([gone.said.ended, stopped]).toEqual([0, 0])
  gone.leave()
  expect(stopped).toBe(1)

  const stays = connected(watching)
  await stays.ask(get('/api/v1/pods?watch=1'))
  over()
  expect([stays.said.closed, stays.said.ended]).toEqual([1, 1])
})

/** Answers are looked for elsewhere, as when a webhook is asked. */
function later() {
  const tell: Asked[1][] = []
  const client = connected((_, done) => void tell.push(done))
  return { ...client, tell }
}

test('a client that goes while its answer is looked for: nothing more is asked for it, and the connection is let go', async () => {
  const { ask, leave, said, tell } = later()
  await ask(get('/slow'), get('/never'))
  leave()
  expect(said.ended).toBe(0)
  await tell[0]!(plain(200, 'late'))
  expect([said.ended, tell.length]).toEqual([1, 1])
})

test('a client that goes before its watch has begun: it is stopped as soon as it begins', async () => {
  const { ask, leave, tell } = later()
  await ask(get('/api/v1/pods?watch=1'))
  leave()
  let stopped = 0
  await tell[0]!({ ...plain(200, ''), body: { open: () => () => void stopped++ } })
  expect(stopped).toBe(1)
})

test('a client that goes without having asked is let go', () => {
  const { leave, said } = connected()
  leave()
  expect(said.ended).toBe(1)
})
