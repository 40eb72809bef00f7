/** curl, and wget in its two sorts: what they say of their progress, as the real ones say it. */
import { describe, expect, it } from 'vitest'
import { machine } from '../../testing.ts'

const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n'
const ZERO = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0'

/** A container beside a web server, on the same network, in which files can be asked for. */
async function beside(image: string) {
  const m = machine()
  const server = m.run('nginx:1.27', { name: 'web' })
  const client = m.run(image, { name: 'client', command: ['sleep', '3600'] })
  await m.clock.advance(1000)
  const page = "head -c 3000 /dev/zero | tr '\\0' x > /usr/share/nginx/html/f"
  await m.exec(server, ['sh', '-c', page])
  return async (script: string) => (await m.exec(client, ['sh', '-c', script])).err
}

describe('curl', () => {
  it('shows its progress where its output goes elsewhere, and nobody has asked for silence', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    expect(await err('curl localhost/f >/dev/null')).toMatch(
      /^ {2}% Total.*\n.*Speed\n\r {2}0 .* 0\r100 {2}3000 {2}100 {2}3000 {4}0 {5}0 +\d+k +0 --:--:-- --:--:-- --:--:-- +\d+k\n$/,
    )
    expect(await err('curl -s localhost/f >/dev/null; curl --no-progress-meter localhost/f >/dev/null')).toBe('')
    expect(await err('curl -# localhost/f -o /tmp/out')).toBe(`\r${'#'.repeat(72)} 100.0%\n`)
    expect(await err('curl localhost:81 | cat')).toBe(
      `${HEAD}${ZERO}${ZERO}\ncurl: (7) Failed to connect to localhost port 81 after 1 ms: Couldn't connect to server\n`,
    )
    expect(await err('curl nosuch.invalid | cat')).toBe(
      `${HEAD}${ZERO}curl: (6) Could not resolve host: nosuch.invalid\n`,
    )
    expect(await err('curl -f localhost/nope -o /tmp/out')).toBe(
      `${HEAD}${ZERO}${ZERO.replace('0     0', '0   153')}\ncurl: (22) The requested URL returned error: 404\n`,
    )
  })

  it('writes out what it is told to when it is over, also when it has failed', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    const format =
      '%{http_code} %{exitcode} %{num_connects} %{method} %{content_type} %{errormsg}%% %{onerror}failed\\n'
    expect(await err(`curl -s -o /dev/null -w '${format}' localhost/f >&2`)).toBe(
      '200 0 1 GET application/octet-stream % ',
    )
    expect(await err(`curl -sf -o /dev/null -w '${format}' localhost/nope >&2`)).toBe(
      '404 22 1 GET text/html The requested URL returned error: 404% failed\n',
    )
    expect(await err("curl -sS -w '%{http_code}\\n' localhost:81 >&2")).toBe(
      "curl: (7) Failed to connect to localhost port 81 after 1 ms: Couldn't connect to server\n000\n",
    )
    expect(await err("curl -s -o /dev/null -w '%{bogus}.' localhost/f >&2")).toBe(
      "curl: unknown --write-out variable: 'bogus'\n.",
    )
  })

  it('goes on with its line each second', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    const at = (n: number): string => ZERO.replace('--:--:-- --:--:-- --:--:--', `--:--:--  0:00:0${n} --:--:--`)
    expect(await err('sleep 9 | nc -l -p 99 & sleep 1; curl -m 2 localhost:99 | cat')).toBe(
      `${HEAD}${ZERO}${at(1)}${at(2)}\ncurl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n`,
    )
  })
})

describe('curl -v', () => {
  it('tells of a connection that could be used again', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    const told = (await err('curl -sv -A me --resolve web:80:127.0.0.1 web/f | tail -c 0')).split('\n')
    expect(told.filter(line => !/^< (Server|Date|Last|ETag|Accept|Content)/.test(line))).toEqual([
      '* Added web:80:127.0.0.1 to DNS cache',
      '* Hostname web was found in DNS cache',
      '*   Trying 127.0.0.1:80...',
      '* Connected to web (127.0.0.1) port 80',
      '* using HTTP/1.x',
      '> GET /f HTTP/1.1',
      '> Host: web',
      '> User-Agent: me',
      '> Accept: */*',
      '> ',
      '* Request completely sent off',
      '< HTTP/1.1 200 OK',
      '< Connection: keep-alive',
      '< ',
      '{ [3000 bytes data]',
      '* Connection #0 to host web left intact',
      '',
    ])
  })

  it('tells what a name stands for, and what it fails by', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    expect(await err('curl -sv localhost:81')).toBe(
      "* Host localhost:81 was resolved.\n* IPv6: (none)\n* IPv4: 127.0.0.1\n*   Trying 127.0.0.1:81...\n* Failed to connect to localhost port 81 after 1 ms: Couldn't connect to server\n* closing connection #0\n",
    )
  })

  it.each([
    ['204 No Content', ''],
    ['200 OK\\r\\nContent-Length: 5', '-I'],
    ['200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0', ''],
  ])('does not wait for more after %s %s', async (head, option) => {
    const err = await beside('curlimages/curl:8.10.1')
    const answer = `{ printf 'HTTP/1.1 ${head}\\r\\n\\r\\n'; sleep 9; } | nc -l -p 99 & sleep 1`
    expect(await err(`${answer}; curl -m 2 -sS ${option} localhost:99 >/dev/null`)).toBe('')
  })
})

describe('curl that follows', () => {
  const SITE = `server {
    location / { return 200 "$request_method [$content_type] [$content_length]\n"; }
    location = /301 { return 301 /end; }
    location = /302 { return 302 /end; }
    location = /303 { return 303 /end; }
    location = /307 { return 307 /end; }
    location = /308 { return 308 /end; }
  }`
  const FORM = '[application/x-www-form-urlencoded] [3]'

  /** What the last server of each way saw. */
  async function seen(options: string): Promise<string[]> {
    const m = machine()
    const server = m.run('nginx:1.27', { name: 'web' })
    await m.clock.advance(1000)
    const script = `cat > /etc/nginx/conf.d/default.conf <<'END'\n${SITE}\nEND\nnginx -s reload; sleep 1
for c in 301 302 303 307 308; do curl -sL ${options} localhost/$c; done`
    return (await m.exec(server, ['sh', '-c', script])).out.trimEnd().split('\n')
  }

  it('fetches what was posted to another place, unless it is told to send it again', async () => {
    expect(await seen('-d a=1')).toEqual([...Array(3).fill('GET [] []'), ...Array(2).fill(`POST ${FORM}`)])
  })

  it('keeps the method that it is given, and headers that are', async () => {
    expect(await seen('-X PUT -d a=1')).toEqual([...Array(3).fill('PUT [] []'), ...Array(2).fill(`PUT ${FORM}`)])
    expect(await seen('-d a=1 -H content-type:x/y')).toEqual([
      ...Array(3).fill('GET [x/y] []'),
      ...Array(2).fill('POST [x/y] [3]'),
    ])
  })
})

describe('curl that tries again', () => {
  const refused = "curl: (7) Failed to connect to localhost port 81 after 1 ms: Couldn't connect to server\n"

  it('does so as often as it may, after troubles that may pass', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    expect(await err('curl -sS --retry 2 --retry-connrefused localhost:81; echo $? >&2')).toBe(
      `${refused.repeat(3)}7\n`,
    )
    expect(await err('curl -sS --retry 2 localhost:81')).toBe(refused)
    expect(await err('curl --no-progress-meter --retry 2 --retry-all-errors localhost:81')).toBe(
      `${refused}Warning: Problem (retrying all errors). Will retry in 1 second. 2 retries left.\n${refused}Warning: Problem (retrying all errors). Will retry in 2 seconds. 1 retry left.\n${refused}`,
    )
    // After one second and two; the third pause would begin after the limit.
    expect(await err('curl -sS --retry 9 --retry-all-errors --retry-max-time 2 localhost:81')).toBe(refused.repeat(3))
    expect(
      await err('curl --no-progress-meter --retry 10 --retry-delay 20 --retry-connrefused -m 5 localhost:81'),
    ).toContain('Warning: Problem : connection refused. Will retry in 20 seconds. 10 retries \nWarning: left.\n')
  })

  it('writes out once, when the last try is over', async () => {
    const err = await beside('curlimages/curl:8.10.1')
    const once = 'nc -l -p 82 </tmp/503 >/dev/null'
    const unavailable = "printf 'HTTP/1.1 503 Wait\\r\\nRetry-After: 5\\r\\nContent-Length: 0\\r\\n\\r\\n' >/tmp/503"
    const tries = `curl -s --retry 1 -w '%{http_code} %{num_retries} ' localhost:82 >&2`
    expect(
      await err(
        `${unavailable}; (${once}; ${once}) & sleep 1; from=$(date +%s); ${tries}; echo $(($(date +%s) - from)) >&2`,
      ),
    ).toBe('503 1 5\n')
    expect(await err(`(${once}) & sleep 1; curl --no-progress-meter --retry 1 --retry-max-time 3 localhost:82`)).toBe(
      'Warning: The Retry-After: time would make this command line exceed the maximum \nWarning: allowed time for retries.\n',
    )
  })
})

describe('options of curl', () => {
  it.each([
    ['--bogus localhost', 'option --bogus: is unknown'],
    ['-8 localhost', 'option -8: is unknown'],
    ['localhost -o', 'option -o: requires parameter'],
    ['--retry x localhost', 'option --retry: expected a proper numerical parameter'],
    ['--retry -1 localhost', 'option --retry: expected a positive numerical parameter'],
    ['-m abc localhost', 'option -m: expected a proper numerical parameter'],
    ['--connect-timeout x localhost', 'option --connect-timeout: expected a proper numerical parameter'],
  ])('%s are refused in its words', async (args, why) => {
    const err = await beside('curlimages/curl:8.10.1')
    expect(await err(`curl ${args}; echo $? >&2`)).toBe(
      `curl: ${why}\ncurl: try 'curl --help' or 'curl --manual' for more information\n2\n`,
    )
  })

  it.each([
    ['-r 0-9', 'range'],
    ['-c jar', 'cookie-jar'],
    ['--proxy x', 'proxy'],
    ['--unix-socket /run/s', 'unix-socket'],
  ])('%s is refused: it is not simulated', async (args, name) => {
    const err = await beside('curlimages/curl:8.10.1')
    expect(await err(`curl ${args} localhost`)).toBe(`curl: --${name}: not simulated\n`)
  })
})

describe('wget', () => {
  it('of busybox names the port that was asked for', async () => {
    const err = await beside('busybox:1.36')
    expect(await err('wget -O /dev/null http://localhost:80/f')).toBe(
      `Connecting to localhost:80 (127.0.0.1:80)\nsaving to '/dev/null'\n/dev/null            100% |${'*'.repeat(32)}|  3000  0:00:00 ETA\n'/dev/null' saved\n`,
    )
    expect(await err('wget gopher://x/')).toBe('wget: not an http or ftp url: gopher://x/\n')
    expect(await err('wget -q http://localhost:/f')).toBe("wget: bad port ''\n")
    expect(await err('wget -q http://localhost:70000/f')).toBe("wget: bad port '70000'\n")
    expect(await err('wget ftp://x/')).toBe('wget: ftp: not simulated\n')
    expect(await err('wget -q http://999.1.1.1/')).toBe("wget: bad address '999.1.1.1'\n")
    expect(await err('wget localhost/nope')).toBe(
      'Connecting to localhost (127.0.0.1:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n',
    )
  })

  it('of GNU tells the whole way, with exit codes of its own', async () => {
    const sh = await beside('nicolaka/netshoot')
    const [told] = [(await sh('wget -O out localhost/f')).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'NOW').split('\n')]
    expect(told.map(line => line.replace(/[\d.]+ ?[KM](B\/s|=\S+)/, 'RATE'))).toEqual([
      '--NOW--  http://localhost/f',
      'Resolving localhost (localhost)... 127.0.0.1',
      'Connecting to localhost (localhost)|127.0.0.1|:80... connected.',
      'HTTP request sent, awaiting response... 200 OK',
      'Length: 3000 (2.9K) [application/octet-stream]',
      "Saving to: 'out'",
      '',
      `     0K ..${' '.repeat(52)}100%  RATE`,
      '',
      "NOW (RATE) - 'out' saved [3000/3000]",
      '',
      '',
    ])
    expect(await sh('wget localhost:81; echo $? >&2')).toMatch(/\|:81\.\.\. failed: Connection refused\.\n4\n$/)
    expect(await sh('wget -q localhost/nope; echo $? >&2')).toBe('8\n')
    expect(await sh('wget -q --content-on-error -O - localhost/nope | grep -c "404 Not Found" >&2')).toBe('2\n')
    expect(await sh('wget -q --content-on-error -O page localhost/nope; echo $? >&2')).toBe('8\n')
    expect(await sh('wget -nv -t 2 --retry-connrefused localhost:81; echo $? >&2')).toBe(
      `failed: Connection refused.\nRetrying.\n\nfailed: Connection refused.\nGiving up.\n\n4\n`,
    )
    expect(await sh('wget nosuch.invalid; echo $? >&2')).toMatch(
      /failed: Name or service not known\.\nwget: unable to resolve host address 'nosuch\.invalid'\n4\n$/,
    )
    expect(await sh('wget -nv localhost/f localhost/f')).toMatch(
      /-> "f" \[1\]\n.* URL:http:\/\/localhost\/f \[3000\/3000\] -> "f\.1" \[1\]\n$/,
    )
  })
})
