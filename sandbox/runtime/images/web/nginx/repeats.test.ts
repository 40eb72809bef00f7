/** The same request again and again, as a probe asks: answered and logged as if it were the first. */
import { describe, expect, it } from 'vitest'
import { logOf } from '../../../testing.ts'
import { SITE, serving } from './testing.ts'

const ROOT = 'server { listen 80; root /data; index first.html second.html; }'

/** The same words three times, and what comes between. */
const between = (path: string, ...changes: readonly string[]): string =>
  ['true', 'true', ...changes].map(change => `${change}; curl -s localhost${path}`).join('; ')

describe('a request that comes again word for word', () => {
  it('gets the file as it is now', async () => {
    const { ask } = await serving({ '/data/second.html': 'old', [SITE]: ROOT })
    expect(await ask(between('/', 'printf new > /data/second.html', 'printf other > /data/first.html'))).toBe(
      'old\nold\nnewother',
    )
    expect(await ask(between('/', 'rm /data/first.html', 'mv /data/second.html /data/x'))).toMatch(
      /^otherothernew<html>\r\n<head><title>403 Forbidden/,
    )
  })

  it('sees what has become of the permissions of a file', async () => {
    const { ask } = await serving({
      '/data/a.txt': 'a',
      [SITE]: 'server { listen 80; root /data; location / { if (-x $request_filename) { return 200 "program"; } } }',
    })
    expect(await ask(between('/a.txt', 'chmod +x /data/a.txt', 'chmod -x /data/a.txt'))).toBe('a\na\nprograma\n')
  })

  it('sees what has changed since a date', async () => {
    const { ask } = await serving({ '/data/a.txt': 'a', [SITE]: ROOT })
    const head = 'curl -s -o /dev/null -w \'%{http_code}\\n\' -H "If-Modified-Since: $(cat /tmp/then)" localhost/a.txt'
    expect(
      await ask(
        `curl -sI localhost/a.txt | sed -n 's/Last-Modified: //p' | tr -d '\\r' > /tmp/then; ${head}; ${head}; sleep 2; touch /data/a.txt; ${head}`,
      ),
    ).toBe('304\n304\n200\n')
  })

  it('is dated and logged with the present time and its own connection', async () => {
    const { ask, container } = await serving({
      '/data/a.txt': 'a',
      '/etc/nginx/conf.d/a.conf':
        'log_format own "$connection/$connection_requests $request_time $msec [$time_local] $status $body_bytes_sent $http_x";',
      [SITE]: 'server { listen 80; root /data; access_log /var/log/nginx/access.log own; }',
    })
    const get = "curl -si -H 'X: y' localhost/a.txt | sed -n 's/^Date: //p'"
    const dates = (await ask(`${get}; sleep 1; ${get}; sleep 1; ${get}`)).trim().split('\r\n')
    expect(new Set(dates).size).toBe(3)
    const lines = logOf(container)
      .split('\n')
      .filter(line => line.endsWith(' y'))
    expect(lines.map(line => line.replace(/ \d+\.\d+ \[.*\]/, ''))).toEqual([
      '1/1 0.000 200 2 y',
      '2/1 0.000 200 2 y',
      '3/1 0.000 200 2 y',
    ])
    expect(new Set(lines.map(line => /\[(.*)\]/.exec(line)?.[1])).size).toBe(3)
  })

  it('is worked out anew where more than its words and files decide', async () => {
    const { ask } = await serving({
      '/data/a.txt': 'a',
      '/etc/nginx/conf.d/a.conf': 'limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m;',
      [SITE]: `server {
        listen 80;
        root /data;
        location /time { return 200 "$msec\\n"; }
        location /port { add_header X-Port $remote_port; return 200 "same\\n"; }
        location /status { stub_status; }
        location /slow { limit_req zone=slow; alias /data; }
        location /list/ { alias /data/; autoindex on; }
      }`,
    })
    const distinct = async (line: string): Promise<number> =>
      new Set((await ask(`${line}; sleep 1; ${line}; sleep 1; ${line}`)).trim().split('\n')).size
    expect(await distinct('curl -s localhost/time')).toBe(3)
    expect(await distinct('curl -si localhost/port | grep X-Port')).toBe(3)
    expect(await distinct('curl -s localhost/status | sed -n 3p')).toBe(3)
    expect(await ask("for i in 1 2 3; do curl -s -o /dev/null -w '%{http_code} ' localhost/slow/a.txt; done")).toBe(
      '200 503 503 ',
    )
    expect(await ask('for i in 1 2 3; do curl -s localhost/list/ | grep -c href; touch /data/$i; done')).toBe(
      '2\n3\n4\n',
    )
  })

  it('is told to each of several addresses apart', async () => {
    const { ask } = await serving({
      [SITE]: 'server { listen 80; location / { return 200 "$remote_addr $server_addr\\n"; } }',
    })
    const get = (host: string): string => `curl -s -H 'Host: a' ${host}`
    const own = '$(hostname -i)'
    const out = (await ask(`${get('127.0.0.1')}; ${get(own)}; ${get('127.0.0.1')}; ${get(own)}`)).trim().split('\n')
    expect(out[0]).toMatch(/^127\.0\.0\.1 /)
    expect(out[1]).not.toMatch(/^127/)
    expect(out.slice(2)).toEqual(out.slice(0, 2))
  })
})
