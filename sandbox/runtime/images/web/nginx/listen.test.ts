/** nginx with certificates, and with several servers at one port. */
import { describe, expect, it } from 'vitest'
import { WEBHOOK_CERTIFICATE } from '../../../../cluster/testdata/certificates.ts'
import { serving } from './testing.ts'

const CONFIG = `server {
  listen 80;
  listen [::]:80;
  listen 443 ssl;
  root /usr/share/nginx/html;
  ssl_certificate /etc/ssl/tls.crt;
  ssl_certificate_key /etc/ssl/tls.key;
}
server { listen 80; server_name other.test *.wild.test; location / { return 200 "other"; } }
`

const GOOD = {
  '/etc/nginx/conf.d/default.conf': CONFIG,
  '/etc/ssl/tls.crt': WEBHOOK_CERTIFICATE,
  '/etc/ssl/tls.key': '-----BEGIN PRIVATE KEY-----',
}

describe('nginx with a certificate', () => {
  it('serves who believes it, or does not ask, and nobody else', async () => {
    const { ask } = await serving(GOOD)
    expect(await ask('curl -sk https://localhost | grep -c "Welcome to nginx"')).toBe('2\n')
    expect(await ask('curl -s https://localhost; echo $?')).toBe('60\n')
    expect(await ask('curl -sS https://localhost --cacert /etc/ssl/tls.crt 2>&1 | head -1')).toContain(
      "no alternative certificate subject name matches target host name 'localhost'",
    )
  })

  it('tells who speaks no TLS that it wants some', async () => {
    const { ask } = await serving(GOOD)
    expect(await ask('curl -s http://localhost:443')).toContain('The plain HTTP request was sent to HTTPS port')
  })

  it('does not start without its files, or with files that hold none', async () => {
    const { container: none } = await serving({ '/etc/nginx/conf.d/default.conf': CONFIG })
    expect(none.state).toMatchObject({ state: 'exited', status: { code: 1 } })
    expect(none.logs.lines().at(-1)?.text).toContain(
      'nginx: [emerg] cannot load certificate "/etc/ssl/tls.crt": BIO_new_file() failed',
    )
    const { container: empty } = await serving({ ...GOOD, '/etc/ssl/tls.crt': 'nothing' })
    expect(empty.logs.lines().at(-1)?.text).toContain('PEM routines::no start line:Expecting: TRUSTED CERTIFICATE')
  })
})

describe('servers at one port', () => {
  it('are told apart by name, and the first answers for all other names', async () => {
    const { ask } = await serving(GOOD)
    const named = (host: string) => ask(`curl -s -H 'Host: ${host}' http://localhost/ | head -1`)
    expect(await named('other.test')).toBe('other')
    expect(await named('a.wild.test:80')).toBe('other')
    expect(await named('nobody.test')).toBe('<!DOCTYPE html>\n')
  })
})
