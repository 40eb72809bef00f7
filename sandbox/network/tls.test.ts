/** TLS connections and certificates. */
import { describe, expect, it } from 'vitest'
import { Clock } from '../clock/clock.ts'
import type { Connection } from './network.ts'
import { Switch } from './switch.ts'
import { acceptTls, type Certificate, distrust, type Secured, startTls } from './tls.ts'

const certificate: Certificate = { issuer: 'CA\n', names: ['web.example', '*.svc.local', '10.0.0.1'] }

async function meet(serve: (connection: Connection) => void): Promise<{ clock: Clock; result: () => Secured }> {
  const clock = new Clock()
  const net = new Switch(clock)
  net.addOutsider('server', '10.0.0.1').listen('TCP', 443, serve)
  let result: Secured
  net.addOutsider('client', '10.0.0.2').connect('TCP', '10.0.0.1', 443, opened => {
    if ('connection' in opened) startTls(opened.connection, 'web.example', got => (result = got))
  })
  await clock.advance(100)
  return { clock, result: () => result }
}

describe('a TLS connection', () => {
  it('shows the certificate first and then carries what both sides say', async () => {
    let heard = ''
    const { clock, result } = await meet(connection =>
      acceptTls(
        connection,
        certificate,
        secured => {
          secured.onData(data => (heard += data))
          secured.send('welcome')
        },
        () => {},
      ),
    )
    const secured = result()
    if (!secured || 'plain' in secured) throw new Error('no TLS')
    expect(secured.certificate).toEqual(certificate)
    let said = ''
    secured.connection.onData(data => (said += data))
    secured.connection.send('hello')
    await clock.advance(100)
    expect([heard, said]).toEqual(['hello', 'welcome'])
  })

  it('with a server that speaks plain text gets what that server said', async () => {
    const { result } = await meet(connection =>
      connection.onData(() => connection.send('HTTP/1.1 400 Bad Request\r\n')),
    )
    expect(result()).toEqual({ plain: 'HTTP/1.1 400 Bad Request\r\n' })
  })

  it('is over when the server hangs up', async () => {
    const { result } = await meet(connection => connection.close())
    expect(result()).toBeUndefined()
  })

  it('tells the server what a client sent that speaks no TLS', async () => {
    const clock = new Clock()
    const net = new Switch(clock)
    let plain = ''
    net.addOutsider('server', '10.0.0.1').listen('TCP', 443, c =>
      acceptTls(
        c,
        certificate,
        () => {},
        t => (plain = t),
      ),
    )
    net.addOutsider('client', '10.0.0.2').connect('TCP', '10.0.0.1', 443, opened => {
      if ('connection' in opened) opened.connection.send('GET / HTTP/1.1\r\n\r\n')
    })
    await clock.advance(100)
    expect(plain).toBe('GET / HTTP/1.1\r\n\r\n')
  })
})

describe('a certificate', () => {
  it.each([
    ['web.example', 'other CA\nCA\n', undefined],
    ['WEB.example', 'CA\n', undefined],
    ['a.svc.local', 'CA\n', undefined],
    ['10.0.0.1', 'CA\n', undefined],
    ['svc.local', 'CA\n', 'wrong name'],
    ['a.b.svc.local', 'CA\n', 'wrong name'],
    ['web.example', 'other\n', 'unknown issuer'],
    ['web.example', undefined, 'unknown issuer'],
  ])('of %s for who trusts %j: %s', (host, authorities, problem) => {
    expect(distrust(certificate, host, authorities)).toBe(problem)
  })
})
