/** nginx: what is in its image. */
import { lazily } from '../../../programs.ts'
import { debianBase, executable, type Image, orAlpine, PATH } from '../../image.ts'
import type { Versions } from '../../versions.ts'

const server = () => import('./server.ts')
const entry = () => import('./entrypoint.ts')

export const ROOT = '/usr/share/nginx/html'

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const FIFTY_X =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n<p>Sorry, the page you are looking for is currently unavailable.<br/>\nPlease try again later.</p>\n</body>\n</html>\n'

const MAIN_CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

export const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

/** As the entrypoint leaves it. */
export const LISTENING_ON_IPV6 = DEFAULT_CONF.replace('listen       80;', 'listen       80;\n    listen  [::]:80;')

/** What the entrypoint runs; they do what they do in the image, and their text cannot be read. */
const SCRIPTS = [
  '10-listen-on-ipv6-by-default.sh',
  '15-local-resolvers.envsh',
  '20-envsubst-on-templates.sh',
  '30-tune-worker-processes.sh',
]

const TYPES: Record<string, string> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
}

const VERSIONS: Versions = {
  variable: 'NGINX_VERSION',
  latest: '1.29.3',
  lines: {
    '1': '1.29.3',
    '1.14': '1.14.2',
    '1.15': '1.15.12',
    '1.16': '1.16.1',
    '1.17': '1.17.10',
    '1.18': '1.18.0',
    '1.19': '1.19.10',
    '1.20': '1.20.2',
    '1.21': '1.21.6',
    '1.22': '1.22.1',
    '1.23': '1.23.4',
    '1.24': '1.24.0',
    '1.25': '1.25.5',
    '1.26': '1.26.3',
    '1.27': '1.27.5',
    '1.28': '1.28.0',
    '1.29': '1.29.3',
    stable: '1.28.0',
  },
}

const SLIM = debianBase(undefined, ['curl', 'openssl'])

export const nginxImage: Image = {
  repositories: [
    'docker.io/library/nginx',
    'public.ecr.aws/nginx/nginx',
    'registry.k8s.io/e2e-test-images/nginx',
    'registry.k8s.io/nginx',
    'k8s.gcr.io/nginx',
    'registry.k8s.io/nginx-slim',
    'k8s.gcr.io/nginx-slim',
    'registry.k8s.io/e2e-test-images/nginx-slim',
  ],
  tags: /^(latest|mainline|stable|1(\.(7|8|9|1\d|2\d)(\.\d+)?)?|0\.\d+|1\.\d+-\d)(-(alpine|slim|perl|otel|bookworm|trixie|alpine-slim|\d))*$|^(alpine|alpine-slim)$/,
  megabytes: 68,
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  env: { PATH, NJS_VERSION: '0.8.10', PKG_RELEASE: '1~bookworm' },
  version: VERSIONS,
  stopSignal: 'QUIT',
  exposedPorts: [80],
  base: SLIM,
  baseOf: orAlpine(SLIM),
  files(root) {
    executable(root, '/usr/sbin/nginx', 'nginx')
    executable(root, '/docker-entrypoint.sh', 'nginx-entrypoint')
    root.mkdir('/docker-entrypoint.d')
    for (const name of SCRIPTS) executable(root, `/docker-entrypoint.d/${name}`, 'nginx-entrypoint')
    root.write(`${ROOT}/index.html`, WELCOME)
    root.write(`${ROOT}/50x.html`, FIFTY_X)
    root.write('/etc/nginx/nginx.conf', MAIN_CONF)
    root.write('/etc/nginx/conf.d/default.conf', DEFAULT_CONF)
    root.write(
      '/etc/nginx/mime.types',
      `types {\n${Object.entries(TYPES)
        .map(([ext, type]) => `    ${type} ${ext};\n`)
        .join('')}}\n`,
    )
    root.mkdir('/var/cache/nginx')
    root.mkdir('/var/log/nginx')
    root.symlink('/var/log/nginx/access.log', '/dev/stdout')
    root.symlink('/var/log/nginx/error.log', '/dev/stderr')
    root.write('/etc/passwd', `${root.read('/etc/passwd')}nginx:x:101:101:nginx user:/nonexistent:/bin/false\n`)
    root.write('/etc/group', `${root.read('/etc/group')}nginx:x:101:\n`)
  },
  programs: { nginx: lazily(server, m => m.nginx), 'nginx-entrypoint': lazily(entry, m => m.entrypoint) },
}

/** The same for users that are not root: another port, and everything that it writes below /tmp. */
export const nginxUnprivilegedImage: Image = {
  ...nginxImage,
  repositories: ['docker.io/nginxinc/nginx-unprivileged', 'quay.io/nginx/nginx-unprivileged'],
  user: '101',
  exposedPorts: [8080],
  files(root, tag) {
    nginxImage.files!(root, tag)
    const paths = ['proxy_temp_path', 'client_body_temp_path', 'fastcgi_temp_path', 'uwsgi_temp_path', 'scgi_temp_path']
    const settings = paths.map(path => `    ${path} /tmp/${path.replace(/_(body_)?temp_path$/, '')}_temp;\n`).join('')
    root.write(
      '/etc/nginx/nginx.conf',
      MAIN_CONF.replace(/^user .*\n/m, '')
        .replace('/run/nginx.pid', '/tmp/nginx.pid')
        .replace('http {\n', `http {\n${settings}`),
    )
    root.write('/etc/nginx/conf.d/default.conf', DEFAULT_CONF.replace('listen       80;', 'listen       8080;'))
  },
}
