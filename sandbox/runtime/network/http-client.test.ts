/** The HTTP client of the node: reading answers, resolving names. */
import { expect, test } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import type { ConnectFailure, Connection, NetworkNamespace } from '../../network/network.ts'
import type { DialResult } from '../cri.ts'
import { dial, type HttpAnswer, httpGet, responseReader } from './http-client.ts'

/** A network in which every connection fails alike. */
function failing(failure: ConnectFailure): { net: NetworkNamespace; asked: string[] } {
  const asked: string[] = []
  const connect: NetworkNamespace['connect'] = (_protocol, ip, port, done) => {
    asked.push(`${ip}:${port}`)
    done({ failure })
    return () => {}
  }
  return { net: { connect } as NetworkNamespace, asked }
}

const clock = new Clock()

test.each([
  ['shop.example', 'dial tcp: lookup shop.example on 127.0.0.53:53: no such host'],
  ['web.default.svc.cluster.local', 'dial tcp: lookup web.default.svc.cluster.local on 127.0.0.53:53: no such host'],
  ['10.0.0.9', 'dial tcp 10.0.0.9:80: connect: network is unreachable'],
  ['fe80::1', 'dial tcp [fe80::1]:80: connect: network is unreachable'],
])('a node that looks for %s', (ip, error) => {
  const { net } = failing('ENETUNREACH')
  let dialled: object | undefined
  dial(clock, net, { ip, port: 80 }, 1000, result => {
    dialled = result
  })
  expect(dialled).toEqual({ error })
  let answer: DialResult | undefined
  httpGet(clock, net, { ip, port: 80, path: '/', scheme: 'HTTP', headers: [] }, 1000, result => {
    answer = result
  })
  const host = ip.includes(':') ? `[${ip}]` : ip
  expect(answer).toEqual({ ok: false, error: `Get "http://${host}:80/": ${error}` })
})

test('a node knows itself by name, and tells of the address that it tried first', () => {
  const { net, asked } = failing('ECONNREFUSED')
  let dialled: object | undefined
  dial(clock, net, { ip: 'localhost', port: 81 }, 1000, result => {
    dialled = result
  })
  expect(asked).toEqual(['127.0.0.1:81'])
  expect(dialled).toEqual({ error: 'dial tcp [::1]:81: connect: connection refused' })
})

/** What a probe is told by a server that sends this, and closes. */
function answered(text: string): DialResult | undefined {
  let outcome: DialResult | undefined
  const reader: { data?: (text: string) => void; close?: () => void } = {}
  const connection = {
    onData: (handler: (text: string) => void) => (reader.data = handler),
    onClose: (handler: () => void) => (reader.close = handler),
    send: () => {},
    close: () => {},
  }
  const connect: NetworkNamespace['connect'] = (_protocol, _ip, _port, done) => {
    done({ connection: connection as unknown as Connection })
    return () => {}
  }
  const target = { ip: '10.0.0.9', port: 80, path: '/', scheme: 'HTTP', headers: [] } as const
  httpGet(clock, { connect } as NetworkNamespace, target, 1000, result => {
    outcome = result
  })
  if (text) reader.data?.(text)
  reader.close?.()
  return outcome
}

const BROKEN = 'net/http: HTTP/1.x transport connection broken: '

test.each([
  ['', 'EOF'],
  ['hello\n', `${BROKEN}malformed HTTP response "hello"`],
  ['hello', `${BROKEN}unexpected EOF`],
  ['HTTP/1.0 200 OK\r\nX: y', `${BROKEN}unexpected EOF`],
  ['HTTP/1.0 OK\r\n\r\n', `${BROKEN}malformed HTTP status code "OK"`],
  ['HTTP/1 200 OK\r\n\r\n', `${BROKEN}malformed HTTP version "HTTP/1"`],
])('an answer of %j is none', (text, why) => {
  expect(answered(text)).toEqual({ ok: false, error: `Get "http://10.0.0.9:80/": ${why}` })
})

test('lines of an answer may end without a carriage return', () => {
  expect(answered('HTTP/1.1 200 OK\nA: b\n\nhi\n')).toMatchObject({ ok: true, status: 200, body: 'hi\n' })
})

test.each([false, true])(
  'a body in chunks ends with its last one, not with text that looks like it (live: %j)',
  isLive => {
    let answer: HttpAnswer | undefined
    let pieces = ''
    const reader = responseReader(
      found => {
        answer = found
      },
      isLive ? piece => (pieces += piece) : undefined,
    )
    const body = ['7\r\na\r\n0', '\r\n\r\n', '\r\n0\r', '\n\r\n']
    reader.data('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (const piece of body) {
      expect(answer).toBeUndefined()
      reader.data(piece)
    }
    expect(isLive ? pieces : answer?.body).toBe(body.join(''))
    expect(answer?.status).toBe(200)
  },
)

test('a body of a told length ends with its last byte, also where a piece ends within a character', () => {
  const body = 'é🙂x'.repeat(3)
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
  const all = `${head}\r\n${body}`
  for (let at = 1; at < all.length; at++) {
    let answer: HttpAnswer | undefined
    const reader = responseReader(found => {
      answer = found
    })
    reader.data(all.slice(0, at))
    expect(answer).toBeUndefined()
    reader.data(all.slice(at))
    expect(answer?.body).toBe(body)
    expect(answer?.head).toBe(head.trimEnd())
  }
})

test('a long body in many pieces is looked at once, not anew with each piece', () => {
  const PIECES = 200_000
  let answer: HttpAnswer | undefined
  const reader = responseReader(found => {
    answer = found
  })
  reader.data(`HTTP/1.1 200 OK\r\nContent-Length: ${PIECES * 16}\r\n\r\n`)
  for (let i = 0; i < PIECES; i++) reader.data('sixteen bytes...')
  expect(answer?.body.length).toBeGreaterThanOrEqual(PIECES * 16)
})
