/** What nginx says of a configuration that it cannot use. */
import { describe, expect, it } from 'vitest'
import { logOf, machine } from '../../../testing.ts'
import { SITE } from './testing.ts'

/** What `nginx -t` says of a site, each in its own file. */
async function verdicts(sites: readonly string[]): Promise<string[]> {
  const m = machine()
  const script = sites
    .map(site => `cat > ${SITE} <<'END'\n${site}\nEND\nnginx -t 2>&1 | grep -v '^20' | head -1 | sed "s/^nginx: //"\n`)
    .join('')
  const { out } = await m.sh(script, { image: 'nginx:1.27' })
  return out.trimEnd().split('\n')
}

const IN_SERVER: readonly (readonly [line: string, said: string])[] = [
  ['proxi_pass http://x;', 'unknown directive "proxi_pass"'],
  ['worker_processes 2;', '"worker_processes" directive is not allowed here'],
  ['root;', 'invalid number of arguments in "root" directive'],
  ['root /a; root /b;', '"root" directive is duplicate'],
  ['autoindex yes;', 'invalid value "yes" in "autoindex" directive, it must be "on" or "off"'],
  ['location / { } location / { }', 'duplicate location "/"'],
  ['location { }', 'invalid number of arguments in "location" directive'],
  ['location /a;', 'directive "location" has no opening "{"'],
  ['root /a { }', 'directive "root" is not terminated by ";"'],
  ['return 200 $nobody;', 'unknown "nobody" variable'],
  ['return abc;', 'invalid return code "abc"'],
  ['listen 80 quickly;', 'invalid parameter "quickly"'],
  ['listen 99999;', 'invalid port in "99999" of the "listen" directive'],
  ['access_log /dev/stdout nobody;', 'unknown log format "nobody"'],
  ['location / { proxy_pass backend; }', 'invalid URL prefix'],
  [
    'location ~ x { proxy_pass http://127.0.0.1/y; }',
    '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block',
  ],
  ['location / { proxy_pass http://nobody; }', 'host not found in upstream "nobody"'],
  ['error_page 200 /x;', 'value "200" must be between 300 and 599'],
  ['include conf.d/none.inc;', 'open() "/etc/nginx/conf.d/none.inc" failed (2: No such file or directory)'],
  ['client_max_body_size lots;', '"client_max_body_size" directive invalid value'],
  ['allow everybody;', 'invalid parameter "everybody"'],
  ['proxy_cache_valid 200 1m;', 'directive "proxy_cache_valid" is not simulated'],
  ['expires soon;', 'invalid value'],
  ['keepalive_timeout long;', 'invalid value'],
  ['proxy_redirect x;', 'invalid parameter "x"'],
  ['proxy_http_version 2;', 'invalid value "2"'],
  ['real_ip_header proxy_protocol;', '"real_ip_header proxy_protocol" is not simulated'],
  ['error_log syslog:server=x;', 'error_log to "syslog:server=x" is not simulated'],
  ['root /a', 'unexpected "}"'],
  ['root "/a"b;', 'unexpected "b"'],
]

describe('a configuration', () => {
  it('is refused in the words of nginx, with its file and line', async () => {
    const said = await verdicts(IN_SERVER.map(([line]) => `server {\n${line}\n}`))
    const line = (text: string): number => (text === 'unexpected "}"' ? 3 : 2)
    expect(said).toEqual(IN_SERVER.map(([, words]) => `[emerg] ${words} in ${SITE}:${line(words)}`))
  })

  it('names its first fault, even when its end is missing', async () => {
    expect(await verdicts(['server {\n  nonsense on;\n', 'server {\n  listen 80;\n', 'server {\n  listen 80'])).toEqual(
      [
        `[emerg] unknown directive "nonsense" in ${SITE}:2`,
        `[emerg] unexpected end of file, expecting "}" in ${SITE}:4`,
        `[emerg] unexpected end of file, expecting ";" or "}" in ${SITE}:3`,
      ],
    )
  })

  it('is found to be good, or shown, with what it includes', async () => {
    const m = machine()
    const { out, err } = await m.sh(
      'nginx -t; nginx -T | grep "^# configuration file"; nginx -c /none; nginx -s stop',
      {
        image: 'nginx:1.27',
      },
    )
    expect(out).toBe(
      '# configuration file /etc/nginx/nginx.conf:\n# configuration file /etc/nginx/mime.types:\n# configuration file /etc/nginx/conf.d/default.conf:\n',
    )
    expect(err).toContain('nginx: configuration file /etc/nginx/nginx.conf test is successful\n')
    expect(err).toContain('nginx: [emerg] open() "/none" failed (2: No such file or directory)\n')
    expect(err).toContain('nginx: [error] open() "/run/nginx.pid" failed (2: No such file or directory)\n')
  })

  it('says who its workers are, and how many', async () => {
    const m = machine()
    const run = (head: string): string =>
      `printf '${head}\\nevents { }\\nhttp { server { listen 80; } }\\n' > /tmp/n.conf; nginx -c /tmp/n.conf`
    const { out, err } = await m.sh(
      `${run('user daemon;\\nworker_processes 3;')}; ps -o user,args | grep '[n]ginx: ' | sed 's/  */ /'; ${run('user nobodyknown;')}`,
      { image: 'nginx:1.27-alpine' },
    )
    expect(out).toBe(`root nginx: master process nginx -c /tmp/n.conf\n${'daemon nginx: worker process\n'.repeat(3)}`)
    expect(err).toContain('nginx: [emerg] getpwnam("nobodyknown") failed in /tmp/n.conf:1\n')
  })

  it('is said twice when nginx cannot start with it: in its log and to who started it', async () => {
    const m = machine()
    const { err } = await m.sh(`echo 'server { nonsense; }' > ${SITE}; nginx`, { image: 'nginx:1.27' })
    const fault = `unknown directive "nonsense" in ${SITE}:1`
    expect(err).toMatch(new RegExp(`^\\S+ \\S+ \\[emerg\\] \\d+#\\d+: ${fault}\\nnginx: \\[emerg\\] ${fault}\\n$`))
  })
})

describe('the entrypoint', () => {
  it('fills templates with the environment, and runs scripts of one’s own', async () => {
    const m = machine()
    const prepare = `mkdir /etc/nginx/templates; echo 'server { listen 80; return 200 "$host $NAME \${NAME}\\n"; }' > /etc/nginx/templates/default.conf.template; printf '#!/bin/sh\\necho mine\\n' > /docker-entrypoint.d/40-mine.sh; printf x > /docker-entrypoint.d/50-not.sh; chmod +x /docker-entrypoint.d/40-mine.sh; exec /docker-entrypoint.sh nginx -g 'daemon off;'`
    const container = m.run('nginx:1.27', { command: ['sh', '-c', prepare], env: { NAME: 'pod' } })
    await m.clock.advance(2000)
    expect((await m.exec(container, ['curl', '-s', 'localhost'])).out).toBe('localhost pod pod\n')
    const log = logOf(container)
    expect(log).toContain(
      '20-envsubst-on-templates.sh: Running envsubst on /etc/nginx/templates/default.conf.template to /etc/nginx/conf.d/default.conf\n',
    )
    expect(log).toContain('/docker-entrypoint.sh: Launching /docker-entrypoint.d/40-mine.sh\nmine\n')
    expect(log).toContain('/docker-entrypoint.sh: Ignoring /docker-entrypoint.d/50-not.sh, not executable\n')
  })
})

it('tells of itself', async () => {
  const m = machine()
  const { out } = await m.sh('nginx -v 2>&1; nginx -V 2>&1 | cut -c1-60; nginx -h 2>&1 | sed -n 2,3p', {
    image: 'nginx:1.27',
  })
  expect(out).toBe(
    'nginx version: nginx/1.27.5\nnginx version: nginx/1.27.5\nbuilt by gcc 12.2.0 (Debian 12.2.0-14) \nbuilt with OpenSSL 3.0.15 3 Sep 2024 (running with OpenSSL 3\nTLS SNI support enabled\nconfigure arguments: --prefix=/etc/nginx --sbin-path=/usr/sb\nUsage: nginx [-?hvVtTq] [-s signal] [-p prefix]\n             [-e filename] [-c filename] [-g directives]\n',
  )
})
