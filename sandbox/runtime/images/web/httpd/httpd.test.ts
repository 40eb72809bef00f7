/** Apache: what it says of its configuration, and how it answers; as a real one has said and answered. */
import { describe, expect, it } from 'vitest'
import type { Container } from '../../../cri.ts'
import { logOf, machine } from '../../../testing.ts'

const CONF = '/usr/local/apache2/conf/httpd.conf'

/** Lines at the end of the image's own file, with modules that it does not load. */
const more = (lines: string): string =>
  `sed -i -E 's/^#(LoadModule (rewrite|proxy|proxy_http|expires)_module)/\\1/' ${CONF}; cat >> ${CONF} <<'END'\nServerName www.example.com\n${lines}\nEND\n`

async function serving(lines: string, files: Readonly<Record<string, string>> = {}) {
  const m = machine()
  const write = Object.entries(files)
    .map(([path, text]) => `mkdir -p $(dirname htdocs/${path}); cat > htdocs/${path} <<'END'\n${text}\nEND\n`)
    .join('')
  const server = m.run('httpd:2.4', { command: ['sh', '-c', `${write}${more(lines)}exec httpd-foreground`] })
  const client = m.run('curlimages/curl', { command: ['sh', '-c', 'sleep 10000'] })
  await m.clock.advance(3000)
  const run = (container: Container) => async (line: string) => {
    const { out, err } = await m.exec(container, ['sh', '-c', line])
    return (out + err).replaceAll('\r', '')
  }
  return { m, server, ask: run(client), inside: run(server) }
}

const head = (path: string, options = ''): string =>
  `curl -sI ${options} 'http://localhost${path}' | grep -v '^Date\\|^Last-Mod\\|^Connection'`

describe('a configuration', () => {
  const FAULTS: [lines: string, words: string][] = [
    [
      'Foo bar',
      "Invalid command 'Foo', perhaps misspelled or defined by a module not included in the server configuration",
    ],
    ['<Directory /x>\nServerName a\n</Directory>', 'ServerName not allowed in <Directory> context'],
    ['<Directory /x>\nOptions Foo\n</Directory>', 'Illegal option Foo'],
    ['DocumentRoot /nonexist', "DocumentRoot '/nonexist' is not a directory, or is not readable"],
    ['ServerName a b', 'ServerName takes one argument, The hostname and port of the server'],
    ['Listen 99999', 'Invalid address or port'],
    ['RewriteEngine maybe', 'RewriteEngine must be On or Off'],
    ['RewriteRule a b [Q]', "RewriteRule: unknown flag 'Q'"],
    ['RewriteRule ( b', "RewriteRule: cannot compile regular expression '('"],
    ['RewriteCond a', "RewriteCond: bad argument line 'a'"],
    ['Require all granted', 'Require not allowed here'],
    ['<Directory /x>\nRequire foo\n</Directory>', 'Unknown Authz provider: foo'],
    ['<Directory /x>\nRequire ip zzz\n</Directory>', "ip address 'zzz' appears to be invalid"],
    ['ErrorDocument 999 /x', 'Unsupported HTTP response code 999'],
    ['Redirect foo', 'URL to redirect to is missing'],
    ['Redirect 200 /a /b', 'Redirect URL not valid for this status'],
    [
      'Header foo X y',
      "first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'.",
    ],
    ['ProxyPass /a foo', 'ProxyPass URL must be absolute!: foo'],
    ['ProxyPass /a http://b/ foo=1', 'ProxyPass unknown Worker parameter'],
    ['IndexOptions Foo', 'Invalid directory indexing option'],
    ['IndexOptions +SuppressSize', 'IndexOptions +SuppressSize is not simulated'],
    [
      '<Proxy balancer://b>\nBalancerMember http://b loadfactor=2\n</Proxy>',
      'BalancerMember loadfactor is not simulated',
    ],
    ['ProxyRequests On', 'ProxyRequests On is not simulated'],
    ['RewriteOptions Inherit', 'RewriteOptions is not simulated'],
    ['HostnameLookups Off\nMergeSlashes Off', 'MergeSlashes is not simulated'],
    ['LogFormat "%z" x', 'Unrecognized LogFormat directive %z'],
    [
      '<Directory /x>\nOptions +Indexes FollowSymLinks\n</Directory>',
      'Either all Options must start with + or -, or no Option may.',
    ],
    [
      'ExpiresDefault "access plus 1 foo"',
      "'ExpiresDefault access plus 1 foo': bad expires code, unrecognised <type>'foo'",
    ],
  ]

  it.each(FAULTS)('%s is refused in its own words', async (lines, words) => {
    const m = machine()
    const { err, code } = await m.sh(`${more(lines)}httpd -t`, { image: 'httpd:2.4' })
    expect(err).toMatch(/^AH00526: Syntax error on line \d+ of \/usr\/local\/apache2\/conf\/httpd.conf:\n/)
    expect(err.split('\n').slice(1).join('\n')).toBe(`${words}\n`)
    expect(code).toBe(1)
  })

  it.each([
    ['<Directory /x>', '$C:$N: <Directory> was not closed.'],
    ['</Directory>', '</Directory> without matching <Directory> section'],
    [
      'Include nofile.conf',
      'Could not open configuration file /usr/local/apache2/nofile.conf: No such file or directory',
    ],
    [
      'LoadModule x_module modules/mod_x.so',
      'Cannot load modules/mod_x.so into server: /usr/local/apache2/modules/mod_x.so: cannot open shared object file: No such file or directory',
    ],
  ])('%s stops the reading', async (lines, words) => {
    const m = machine()
    const { err } = await m.sh(`${more(lines)}httpd -t`, { image: 'httpd:2.4' })
    const [, line = ''] = /on line (\d+)/.exec(err) ?? []
    expect(err).toBe(
      `httpd: Syntax error on line ${line} of ${CONF}: ${words.replace('$C', CONF).replace('$N', line)}\n`,
    )
  })

  it('is what the image brings, when nobody brings another', async () => {
    const m = machine()
    const { out, err } = await m.sh('httpd -t; httpd -S; apachectl -M | grep -c shared; httpd -v', {
      image: 'httpd:2.4',
    })
    expect(err).toContain("AH00558: httpd: Could not reliably determine the server's fully qualified domain name")
    expect(err).toContain('Syntax OK\n')
    expect(out).toContain('Main DocumentRoot: "/usr/local/apache2/htdocs"\n')
    expect(out).toContain('Server version: Apache/2.4.65 (Unix)\n')
  })
})

describe('answers', () => {
  it('are files, lists, other places, pages of errors, with headers in their order', async () => {
    const { ask } = await serving(
      'Alias /docs /usr/local/apache2/htdocs/dir\nRedirect permanent /old http://example.com/new\nRedirect 410 /gone\nErrorDocument 403 "Sorry, no"\n<FilesMatch "\\.bak$">\nRequire all denied\n</FilesMatch>\nHeader set X-One 1\nHeader always append X-Two two\nServerTokens Prod',
      { 'dir/a.txt': 'text', 'x.bak': 'old' },
    )
    expect(await ask(head('/'))).toBe(
      'HTTP/1.1 200 OK\nServer: Apache\nX-Two: two\nETag: "2d-642b983548000"\nAccept-Ranges: bytes\nContent-Length: 45\nX-One: 1\nContent-Type: text/html\n\n',
    )
    expect(await ask(head('/dir'))).toBe(
      'HTTP/1.1 301 Moved Permanently\nServer: Apache\nX-Two: two\nLocation: http://localhost/dir/\nContent-Length: 229\nContent-Type: text/html; charset=iso-8859-1\n\n',
    )
    expect(await ask('curl -s localhost/dir/')).toBe(
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>Index of /dir</title>\n </head>\n <body>\n<h1>Index of /dir</h1>\n<ul><li><a href="/"> Parent Directory</a></li>\n<li><a href="a.txt"> a.txt</a></li>\n</ul>\n</body></html>\n',
    )
    expect(
      await ask(
        "curl -s localhost/docs/a.txt; curl -s localhost/x.bak; curl -s -H 'Range: bytes=1-2' localhost/docs/a.txt",
      ),
    ).toBe('text\nSorry, noex')
    expect(await ask(`${head('/old/x?y=1')}; ${head('/gone')}`)).toMatch(
      /^HTTP\/1.1 301 .*Location: http:\/\/example.com\/new\/x\?y=1\n.*HTTP\/1.1 410 Gone\n/s,
    )
    expect(await ask('curl -s localhost/none')).toBe(
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n',
    )
    expect(await ask(head('/', '-X DELETE'))).toContain('\nAllow: HEAD,GET,POST,OPTIONS,TRACE\n')
  })

  it('follow rules of the server and of .htaccess, where it may say something', async () => {
    const { ask, server } = await serving(
      '<Directory /usr/local/apache2/htdocs>\nAllowOverride All\n</Directory>\nRewriteEngine on\nRewriteRule ^/rw/(.*)$ /$1 [R=301,L]\nRewriteCond %{QUERY_STRING} ^a=(\\d+)$\nRewriteRule ^/num$ /page%1.html? [R]',
      {
        'wp/.htaccess':
          'RewriteEngine On\nRewriteBase /wp/\nRewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /wp/index.txt [L]',
        'wp/index.txt': 'front',
        'bad/.htaccess': 'Foo bar',
        'noidx/.htaccess': 'Options -Indexes',
        'den/.htaccess': 'Order deny,allow\nDeny from all',
      },
    )
    expect(await ask('curl -s localhost/wp/some/thing')).toBe('front\n')
    expect(await ask(`${head('/rw/x')}; ${head('/num?a=12')}`)).toMatch(
      /Location: http:\/\/localhost\/x\n.*302 Found\n.*Location: http:\/\/localhost\/page12.html\n/s,
    )
    const codes = ['/bad/', '/noidx/', '/den/', '/.htaccess', '/%2e%2e/x']
    expect(await ask(codes.map(path => `curl -so /dev/null -w '%{http_code} ' localhost${path}`).join(';'))).toBe(
      '500 403 403 403 400 ',
    )
    const log = logOf(server).replace(/^\[.*?\] (?=\[\w+:)/gm, '')
    for (const line of [
      "/usr/local/apache2/htdocs/bad/.htaccess: Invalid command 'Foo', perhaps misspelled or defined by a module not included in the server configuration",
      'AH01276: Cannot serve directory /usr/local/apache2/htdocs/noidx/: No matching DirectoryIndex (index.html) found, and server-generated directory index forbidden by Options directive',
      'AH01797: client denied by server configuration: /usr/local/apache2/htdocs/den/',
      'AH10244: invalid URI path (/%2e%2e/x)',
    ])
      expect(log).toContain(line)
  })

  it('leave to .htaccess what is its own, and to sections by patterns no say in it', async () => {
    const { ask, server } = await serving(
      '<Directory /usr/local/apache2/htdocs>\nAllowOverride All\n</Directory>\n<DirectoryMatch "/closed$">\nAllowOverride None\n</DirectoryMatch>\nServerAlias a[b ?.example',
      {
        'inc/.htaccess': 'Include conf/httpd.conf',
        'def/.htaccess': 'Define A b',
        'closed/.htaccess': 'Require all denied',
        'sign/.htaccess': 'IndexIgnore [x *.bak',
        'sign/y.bak': 'y',
        'file/.htaccess': '<IfFile "/tmp/now">\nRequire all denied\n</IfFile>',
      },
    )
    const code = (path: string): string => `curl -so /dev/null -w '%{http_code} ' localhost${path}`
    expect(await ask(['/inc/', '/def/', '/closed/', '/sign/', '/file/'].map(code).join(';'))).toBe(
      '500 500 403 200 200 ',
    )
    expect(await ask('curl -s localhost/sign/')).not.toContain('bak')
    expect(logOf(server)).toContain('/inc/.htaccess: Include not allowed here')
  })

  it('know the ends and escapes of rules', async () => {
    const { ask, server } = await serving(
      'RewriteEngine on\nRewriteRule ^/end /x.txt [END]\nRewriteRule ^/esc/(.*)$ /to?q=$1 [R,B,NE]\nRewriteRule ^/round /round [N]\n<Directory /usr/local/apache2/htdocs>\nRewriteEngine on\nRewriteRule ^x.txt$ /y.txt\n</Directory>',
      { 'x.txt': 'x', 'y.txt': 'y' },
    )
    expect(await ask('curl -s localhost/end; curl -s localhost/x.txt')).toBe('x\ny\n')
    expect(await ask(head('/esc/a%26b%20c'))).toContain('\nLocation: http://localhost/to?q=a%26b+c\n')
    expect(await ask("curl -so /dev/null -w '%{http_code}' localhost/round")).toBe('500')
    expect(logOf(server)).toContain(
      "AH02596: RewriteRule '^/round' and URI '/round' exceeded maximum number of rounds (10000) via the [N] flag",
    )
  })

  it('are lists as IndexOptions wants them, with texts beside them', async () => {
    const { ask } = await serving(
      '<Directory /usr/local/apache2/htdocs/list>\nIndexOptions FancyIndexing VersionSort\nHeaderName top.txt\nReadmeName end.html\nIndexIgnore top.txt end.html\n</Directory>',
      { 'list/v10.gz': '', 'list/v9.gz': '', 'list/top.txt': 'a < b', 'list/end.html': '<p>end</p>' },
    )
    expect(await ask('curl -s localhost/list/')).toMatch(
      /<body>\n<pre>\na &lt; b\n<\/pre>\n.*>v9.gz<.*>v10.gz<.*<p>end<\/p>\n<\/body><\/html>\n$/s,
    )
  })

  it('come or do not, as the settings of the server want', async () => {
    const { ask } = await serving(
      'TraceEnable off\nKeepAlive Off\nExpiresActive on\nExpiresDefault "access plus 2 minutes"\nProxyTimeout 2\nProxyPass /dead http://127.0.0.1:9 retry=0\nProxyPass /mute http://127.0.0.1:81/',
    )
    expect(await ask("curl -sI -X TRACE localhost/ | grep -v '^Date'")).toContain('405 Method Not Allowed')
    expect(await ask('curl -sI -X OPTIONS localhost/')).toMatch(
      /\nAllow: HEAD,GET,POST,OPTIONS\n.*Connection: close\n/s,
    )
    expect(await ask('curl -sI localhost/')).toContain('\nCache-Control: max-age=120\n')
    expect(await ask("curl -so /dev/null -w '%{http_code}' localhost/a%2Fb")).toBe('404')
    expect(
      await ask(
        "sleep 100 | nc -l -p 81 > /dev/null & sleep 1; curl -so /dev/null -w '%{http_code} %{time_total}' localhost/mute",
      ),
    ).toMatch(/^502 2\./)
  })

  it('ask who somebody is, and hand on to servers behind', async () => {
    const { ask, inside, server } = await serving(
      'Listen 8081\n<VirtualHost *:8081>\nServerName a.example\nServerSignature On\nProxyPass /back/ http://127.0.0.1:80/\nProxyPassReverse /back/ http://127.0.0.1:80/\nProxyPass /dead http://127.0.0.1:9\nProxyPass /nobody http://nohost.invalid/\n</VirtualHost>\n<Location /admin>\nAuthType Basic\nAuthName Admins\nAuthUserFile /tmp/users\nRequire valid-user\n</Location>\n<Location /st>\nSetHandler server-status\n</Location>',
      { 'dir/index.html': 'd' },
    )
    expect(await inside('htpasswd -cb /tmp/users ann secret; htpasswd -bv /tmp/users ann wrong')).toBe(
      'Adding password for user ann\npassword verification failed\n',
    )
    const code = (path: string, options = ''): string =>
      `curl -so /dev/null -w '%{http_code} ' ${options} localhost${path}`
    expect(await ask([code('/admin/'), code('/admin/', '-u ann:no'), code('/admin/', '-u ann:secret')].join(';'))).toBe(
      '401 401 404 ',
    )
    expect(await ask('curl -s localhost:8081/back/dir/')).toBe('d\n')
    expect(await ask('curl -si localhost:8081/back/dir | grep ^Loc')).toBe(
      'Location: http://localhost:8081/back/dir/\n',
    )
    expect(await ask([code(':8081/dead/x'), code(':8081/nobody/x')].join(';'))).toBe('503 500 ')
    expect(await ask('curl -s localhost:8081/none')).toContain(
      '<hr>\n<address>Apache/2.4.65 (Unix) Server at localhost Port 8081</address>\n',
    )
    expect(await ask("curl -s 'localhost/st?auto' | grep ^Total.A")).toMatch(/^Total Accesses: \d+\n$/)
    const log = logOf(server)
    expect(log).toContain(' - ann [05/Jan/2026:09:00:03 +0000] "GET /admin/ HTTP/1.1" 404 196\n')
    expect(log).toContain(
      '(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:9 (127.0.0.1:9) failed\n',
    )
    expect(log).toContain('AH01617: user ann: authentication failure for "/admin/": Password Mismatch\n')
  })

  it('go on through a graceful restart, and end with it', async () => {
    const { ask, inside, server, m } = await serving('')
    await inside(`sed -i 's/^Listen 80$/Listen 8080/' ${CONF}; apachectl graceful`)
    expect(await ask('curl -s localhost:8080/')).toContain('It works!')
    await inside('httpd -k stop')
    await m.clock.advance(1000)
    expect(logOf(server).replace(/^\[.*?\] (?=\[\w+:)|\[pid.*?\] |^[\d.:]+ -.*\n/gm, '')).toBe(
      "[mpm_event:notice] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations\n[core:notice] AH00094: Command line: 'httpd -D FOREGROUND'\n[mpm_event:notice] AH00493: SIGUSR1 received.  Doing graceful restart\n[mpm_event:notice] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations\n[core:notice] AH00094: Command line: 'httpd -D FOREGROUND'\n[mpm_event:notice] AH00491: caught SIGTERM, shutting down\n",
    )
  })
})
