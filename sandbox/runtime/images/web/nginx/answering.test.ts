/** What nginx answers, by the directives that tutorials use. */
import { describe, expect, it } from 'vitest'
import { logOf, machine } from '../../../testing.ts'
import { SITE, serving } from './testing.ts'

const code = (path: string, more = ''): string =>
  `curl -s -o /dev/null -w '%{http_code} %{redirect_url}\\n' ${more} localhost${path}`

describe('locations', () => {
  it('are chosen as nginx does: exactly, the longest beginning, patterns in their order', async () => {
    const { ask } = await serving({
      [SITE]: `server {
        listen 80;
        location = /a { return 200 "exact\\n"; }
        location /a { return 200 "prefix\\n"; }
        location /a/long { return 200 "longer\\n"; }
        location ^~ /static/ { return 200 "no patterns\\n"; }
        location ~ \\.php$ { return 200 "pattern\\n"; }
        location ~* \\.(gif|jpg)$ { return 200 "picture $1\\n"; }
        location / { return 200 "root $uri $args\\n"; }
      }`,
    })
    const paths = ['/a', '/ab', '/a/long/x', '/a/x.php', '/static/x.php', '/x.GIF', '/other?q=1']
    expect(await ask(paths.map(path => `curl -s 'localhost${path}'`).join(';'))).toBe(
      'exact\nprefix\nlonger\npattern\nno patterns\npicture GIF\nroot /other q=1\n',
    )
  })

  it('hold files: alias, try_files, index, autoindex, and what is missing', async () => {
    const { ask, container } = await serving({
      '/data/app/index.html': 'app',
      '/data/list/b.txt': 'bb',
      '/data/list/sub/x': 'x',
      [SITE]: `server {
        listen 80;
        root /data;
        location /spa/ { try_files $uri $uri/ /app/index.html; }
        location /gone/ { try_files $uri =404; }
        location /files/ { alias /data/list/; autoindex on; }
        location /named/ { try_files $uri @back; }
        location @back { return 200 "named\\n"; }
        location /dir { }
      }`,
    })
    expect(await ask('curl -s localhost/spa/any/where; curl -s localhost/named/x; curl -s localhost/files/b.txt')).toBe(
      'app\nnamed\nbb\n',
    )
    expect(await ask(`${code('/gone/x')}; ${code('/list')}; ${code('/list/')}`)).toBe(
      '404 \n301 http://localhost/list/\n403 \n',
    )
    const list = (await ask('curl -s localhost/files/')).split('\r\n')
    expect(list[3]).toBe('<h1>Index of /files/</h1><hr><pre><a href="../">../</a>')
    expect(list[4]).toMatch(/^<a href="sub\/">sub\/<\/a> {47}\d\d-\w{3}-\d{4} \d\d:\d\d {19}-$/)
    expect(list[5]).toMatch(/^<a href="b\.txt">b\.txt<\/a> {46}\d\d-\w{3}-\d{4} \d\d:\d\d {19}3$/)
    expect(logOf(container)).toContain('directory index of "/data/list/" is forbidden, client: 127.0.0.1')
  })
})

describe('rules', () => {
  it('say what of a directory is missing as nginx does: its first index, and why', async () => {
    const { ask, container } = await serving({
      '/data/file': 'x',
      [SITE]: 'server { listen 80; root /data; index index.html index.htm; location /gone { root /nowhere; } }',
    })
    await ask(['/gone/', '/none/', '/file/', '/file/x', '/'].map(path => code(path)).join(';'))
    const said = logOf(container).match(/(?<=\*\d+ ).*?(?=, client: )/g)
    expect(said).toEqual([
      '"/nowhere/gone/index.html" is not found (2: No such file or directory)',
      '"/data/none/index.html" is not found (2: No such file or directory)',
      '"/data/file/index.html" is not found (20: Not a directory)',
      'open() "/data/file/x" failed (20: Not a directory)',
      'directory index of "/data/" is forbidden',
    ])
  })

  it('rewrite paths, set variables, ask conditions, send elsewhere', async () => {
    const { ask } = await serving({
      '/etc/nginx/conf.d/map.conf': 'map $http_x_color $pool { default plain; ~^r red; blue "the blue"; }',
      [SITE]: `server {
        listen 80;
        set $greeting hello;
        rewrite ^/old/(.*)$ /new/$1 last;
        rewrite ^/moved$ /there permanent;
        if ($request_method = DELETE) { return 405; }
        if ($http_user_agent ~* (bot)) { set $greeting "go away $1"; }
        location /new/ { return 200 "$greeting $uri\\n"; }
        location /map { return 200 "$pool\\n"; }
        location /to { return 301 https://$host$request_uri; }
        location /here { return 302 /new/; }
        location /loop { rewrite ^/loop(.*)$ /loop$1x last; }
        location /none { return 444; }
      }`,
    })
    const asks = [
      'curl -s localhost/old/x',
      'curl -s -A Bot localhost/new/y',
      "curl -s -H 'X-Color: ruby' localhost/map",
      "curl -s -H 'X-Color: blue' localhost/map",
      'curl -s localhost/map',
      code('/moved'),
      code('/to?a=1'),
      code('/here'),
      code('/loop'),
      code('/x', '-X DELETE'),
      'curl -s localhost/none; echo $?',
    ]
    expect(await ask(asks.join(';'))).toBe(
      'hello /new/x\ngo away Bot /new/y\nred\nthe blue\nplain\n301 http://localhost/there\n301 https://localhost/to?a=1\n302 http://localhost/new/\n500 \n405 \n52\n',
    )
  })

  it('add headers, hide versions, lead errors to pages of one’s own', async () => {
    const { ask } = await serving({
      '/usr/share/nginx/html/404.html': 'my 404',
      [SITE]: `server {
        listen 80;
        root /usr/share/nginx/html;
        server_tokens off;
        add_header X-Pod $hostname;
        add_header X-Always yes always;
        error_page 404 /404.html;
        error_page 403 =200 @calm;
        location @calm { return 200 "calm\\n"; }
        location /closed { deny all; }
        location /cached { expires 1h; return 200 x; }
      }`,
    })
    const well = await ask('curl -si localhost/index.html')
    expect(well).toMatch(/^HTTP\/1.1 200 OK\r\nServer: nginx\r\nDate: /)
    expect(well).toContain('X-Pod: pod\r\nX-Always: yes\r\nAccept-Ranges: bytes\r\n')
    const lost = await ask('curl -si localhost/nothing')
    expect(lost).toContain('HTTP/1.1 404 Not Found')
    expect(lost).toContain('\r\n\r\nmy 404\n')
    expect(lost).not.toContain('X-Pod')
    expect(lost).toContain('X-Always')
    expect(await ask('curl -s localhost/closed')).toBe('calm\n')
    expect(await ask('curl -si localhost/cached')).toContain('Cache-Control: max-age=3600\r\n')
  })
})

describe('headers', () => {
  it('tell charsets, ages and connections; quiet places are not complained of', async () => {
    const { ask, container } = await serving({
      '/etc/nginx/conf.d/ages.conf': 'map $sent_http_content_type $age { default off; text/plain 1d; }',
      [SITE]: `server {
        listen 80;
        root /usr/share/nginx/html;
        charset utf-8;
        expires $age;
        location = /favicon.ico { log_not_found off; }
        location /plain { default_type text/plain; return 200 x; }
        location /json { default_type application/json; return 200 x; }
        location /daily { expires @10h; return 200 x; }
        location /modified { expires modified +1h; alias /usr/share/nginx/html/; }
        location /once { keepalive_timeout 0; return 200 x; }
      }`,
    })
    expect(await ask('curl -si localhost/plain')).toMatch(
      /Content-Type: text\/plain; charset=utf-8\r\n[\s\S]*Cache-Control: max-age=86400\r\n/,
    )
    const plain = await ask('curl -si localhost/json')
    expect(plain).toContain('Content-Type: application/json\r\n')
    expect(plain).not.toContain('Expires')
    expect(await ask('curl -si localhost/daily')).toContain('Expires: Mon, 05 Jan 2026 10:00:00 GMT\r\n')
    expect(
      await ask('touch -d @1767500000 /usr/share/nginx/html/old.html; curl -si localhost/modified/old.html'),
    ).toContain('Expires: Sun, 04 Jan 2026 05:13:20 GMT\r\nCache-Control: no-cache\r\n')
    expect(await ask('curl -si localhost/once')).toContain('Connection: close\r\n')
    expect(await ask(`${code('/favicon.ico')}; ${code('/other.ico')}`)).toBe('404 \n404 \n')
    expect(logOf(container).match(/open\(\) "[^"]*"/g)).toEqual(['open() "/usr/share/nginx/html/other.ico"'])
  })

  it('name the client behind proxies that are trusted', async () => {
    const { ask } = await serving({
      [SITE]: `server {
        listen 80;
        set_real_ip_from 127.0.0.1;
        set_real_ip_from 10.0.0.0/8;
        real_ip_header X-Forwarded-For;
        real_ip_recursive on;
        return 200 "$remote_addr by $realip_remote_addr\\n";
      }`,
    })
    expect(await ask("curl -s -H 'X-Forwarded-For: 9.9.9.9, 1.2.3.4, 10.0.0.7' localhost")).toBe(
      '1.2.3.4 by 127.0.0.1\n',
    )
  })
})

describe('who may ask, and how often', () => {
  it('is asked for passwords, held back by limits, told of bodies that are too large', async () => {
    const { ask, container } = await serving({
      '/etc/nginx/users': 'ann:{PLAIN}secret\nbob:$2y$05$y\ncat:$apr1$uzeU.CxS$byCthR1Tdzp2yx71vpTWm.',
      '/etc/nginx/conf.d/zone.conf': 'limit_req_zone $binary_remote_addr zone=one:10m rate=1r/s;',
      [SITE]: `server {
        listen 80;
        location /private { auth_basic "Staff only"; auth_basic_user_file users; return 200 "never\\n"; }
        location /staff { auth_basic "Staff only"; auth_basic_user_file users; alias /usr/share/nginx/html/; }
        location /limited { limit_req zone=one burst=1 nodelay; limit_req_status 429; try_files /index.html =404; }
        location /slow { limit_req zone=one burst=5; try_files /index.html =404; }
        location /upload { client_max_body_size 10; try_files /index.html =404; }
        location /status { stub_status; }
        root /usr/share/nginx/html;
      }`,
    })
    // Rules run before anybody is asked who they are.
    expect(await ask('curl -s localhost/private')).toBe('never\n')
    expect(await ask('curl -si localhost/staff/ | grep -a "^HTTP\\|^WWW"')).toBe(
      'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="Staff only"\r\n',
    )
    expect(
      await ask(
        `${code('/staff/', '-u ann:secret')}; ${code('/staff/', '-u ann:x')}; ${code('/staff/', '-u bob:x')}; ${code('/staff/', '-u cat:secret')}`,
      ),
    ).toBe('200 \n401 \n500 \n200 \n')
    expect(await ask(Array(4).fill(code('/limited')).join(';'))).toBe('200 \n200 \n429 \n429 \n')
    expect(
      await ask(
        'sleep 5; for i in 1 2 3 4; do curl -s -o /dev/null localhost/slow & done; date +%s > /tmp/a; wait; date +%s > /tmp/b; expr $(cat /tmp/b) - $(cat /tmp/a)',
      ),
    ).toBe('3\n')
    expect(await ask(code('/upload', '-d 12345678901'))).toBe('413 \n')
    expect(await ask('curl -s localhost/status')).toMatch(
      /^Active connections: 1 \nserver accepts handled requests\n (\d+) \1 \1 \nReading: 0 Writing: 1 Waiting: 0 \n$/,
    )
    expect(logOf(container)).toMatch(/limiting requests, excess: 1\.99\d by zone "one", client: 127\.0\.0\.1/)
    expect(logOf(container)).toContain('user "ann": password mismatch, client: 127.0.0.1')
    expect(logOf(container)).toContain('client intended to send too large body: 11 bytes')
  })
})

describe('upstreams', () => {
  it('take turns by weight, and who fails is left alone for a while', async () => {
    const { ask, container } = await serving({
      '/etc/nginx/conf.d/up.conf': `upstream app { server 127.0.0.1:8001 weight=2; server 127.0.0.1:8002; server 127.0.0.1:8003; }
        upstream spare { server 127.0.0.1:8003; server 127.0.0.1:8002 backup; }
        server { listen 8001; return 200 "one $http_x_real_ip\\n"; }
        server { listen 8002; return 200 "two $request_uri\\n"; }`,
      [SITE]: `server {
        listen 80;
        location / { proxy_pass http://app; proxy_set_header X-Real-IP $remote_addr; }
        location /api/ { proxy_pass http://spare/v1/; }
        location ~ ^/re/(.*)$ { proxy_pass http://127.0.0.1:8002/$1?x=y; }
      }`,
    })
    expect(
      (await ask(Array(6).fill('curl -s localhost').join(';'))).split('\n').filter(line => line === 'one 127.0.0.1'),
    ).toHaveLength(4)
    expect(logOf(container)).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:8003/", host: "localhost"',
    )
    expect(await ask('curl -s localhost/api/users?a=b; curl -s localhost/re/thing')).toBe(
      'two /v1/users?a=b\ntwo /thing?x=y\n',
    )
  })

  it('are asked as the configuration says, and their redirections led here', async () => {
    const { ask } = await serving({
      '/etc/nginx/conf.d/up.conf': `server { listen 127.0.0.1:8001; return 302 http://inside:8001$request_uri?$server_protocol; }
        server { listen 127.0.0.1:8002; return 200 "alone\\n"; } server { listen 8002; server_name all; return 200 "all\\n"; }`,
      [SITE]: `server {
        listen 80;
        location /a/ { proxy_pass http://127.0.0.1:8001/; proxy_redirect http://inside:8001/ https://$host/b/; }
        location /c/ { proxy_pass http://127.0.0.1:8001/; proxy_redirect ~^http://(in)side:\\d+/(.*)$ /$1/$2; }
      }`,
    })
    expect(await ask([code('/a/x'), code('/c/x'), code('/a?q=1')].join(';'))).toBe(
      '302 https://localhost/b/x?HTTP/1.1\n302 http://localhost/in/x?HTTP/1.1\n301 http://localhost/a/?q=1\n',
    )
    expect(await ask('curl -s -H "Host: all" http://$(hostname -i):8002')).toBe('all\n')
  })

  it('may be plain connections', async () => {
    const { ask } = await serving({
      '/etc/nginx/nginx.conf': `events { } stream { upstream web { server 127.0.0.1:8009; server 127.0.0.1:8001; } server { listen 9000; proxy_pass web; } }
        http { server { listen 8001; return 200 "through\\n"; } }`,
    })
    expect(await ask('curl -s localhost:9000')).toBe('through\n')
  })
})

describe('logs', () => {
  it('are written where and how the configuration says', async () => {
    const { ask, container } = await serving({
      '/etc/nginx/conf.d/format.conf': `log_format mine escape=json '{"path":"$uri","status":$status,"agent":"$http_user_agent"}';
        map $request_uri $loggable { /health 0; default 1; }`,
      [SITE]: `server { listen 80; access_log /tmp/access.log mine if=$loggable; location / { return 200 ok; } location /quiet { access_log off; return 200 ok; } }`,
    })
    await ask(`curl -s -A 'a "b"' localhost/x; curl -s localhost/health; curl -s localhost/quiet`)
    expect(await ask('cat /tmp/access.log')).toBe('{"path":"/x","status":200,"agent":"a \\"b\\""}\n')
    expect(logOf(container)).not.toContain('GET')
  })

  it('are opened anew, and a configuration is read anew, when nginx is told to', async () => {
    const { ask } = await serving({ [SITE]: 'server { listen 80; return 200 "first\\n"; }' })
    await ask(`echo 'server { listen 80; return 200 "second\\n"; }' > ${SITE}; nginx -s reload`)
    expect(await ask('sleep 1; curl -s localhost')).toBe('second\n')
    // A bad one is complained of, and the old one goes on.
    expect(await ask(`echo 'nonsense;' > ${SITE}; nginx -s reload; sleep 1; curl -s localhost`)).toMatch(
      /nginx: \[emerg\] unknown directive "nonsense" in .*:1\n/,
    )
    expect(await ask('curl -s localhost')).toBe('second\n')
  })

  it('go on in the background unless nginx is told to stay', async () => {
    const m = machine()
    const { out } = await m.sh(
      'nginx && echo started; curl -s -o /dev/null -w "%{http_code}\\n" localhost; nginx -s stop; sleep 1; curl -s localhost; echo $?',
      { image: 'nginx:1.27' },
    )
    expect(out).toMatch(/^started\n\S+ - - .* 200 .*\n200\n7\n$/)
  })
})
