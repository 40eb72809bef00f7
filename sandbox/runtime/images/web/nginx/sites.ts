/** Images of tutorials that are nginx with pages or a configuration of their own. */
import type { Directory } from '../../../files/fs.ts'
import { alpineBase, type Base, executable, type Image } from '../../image.ts'
import { DEFAULT_CONF, nginxImage, ROOT } from './nginx.ts'

interface Site {
  /** With blanks between them. */
  repositories: string
  tags: RegExp
  megabytes: number
  /** Of the first page. */
  page?(tag: string): string
  /** In place of the default server. */
  conf?(tag: string): string
  port?: number
  base?: Base
  more?: Partial<Image>
  files?(root: Directory): void
}

const document = (title: string, body: string, style = ''): string =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body${style && ` style="${style}"`}>\n${body}\n</body>\n</html>\n`

const HELLO_PLAIN = `server {
    listen 80;
    listen [::]:80;

    location / {
        default_type text/plain;
        expires -1;
        return 200 'Server address: $server_addr:$server_port\\nServer name: $hostname\\nDate: $time_local\\nURI: $request_uri\\nRequest ID: $request_id\\n';
    }
}
`

const HELLO_PAGE = `server {
    listen 80;
    listen [::]:80;

    root /usr/share/nginx/html;
    try_files /index.html =404;

    expires -1;

    sub_filter_once off;
    sub_filter 'server_hostname' '$hostname';
    sub_filter 'server_address' '$server_addr:$server_port';
    sub_filter 'server_url' '$request_uri';
    sub_filter 'server_date' '$time_local';
    sub_filter 'request_id' '$request_id';
}
`

/** In nginxdemos/hello each line is a word that the configuration replaces. */
const HELLO_BODY = [
  ['Server&nbsp;address', 'server_address'],
  ['Server&nbsp;name', 'server_hostname'],
  ['Date', 'server_date'],
  ['URI', 'server_url'],
]
  .map(([name, word]) => `<p class="smaller"><span>${name}:</span> <span>${word}</span></p>`)
  .join('\n')

/** What the network tools of wbitt and praqma write as their first page; the key of the image is made when it starts. */
const MULTITOOL_ENTRYPOINT = `#!/bin/sh
: "\${HTTP_PORT:=80}"
WEB_ROOT=${ROOT}
if ! grep -q " $WEB_ROOT " /proc/mounts; then
  echo "The directory $WEB_ROOT is not mounted."
  echo "Therefore, over-writing the default index.html file with some useful information:"
  MESSAGE="$NAME (with NGINX) - $(hostname) - $(hostname -i | cut -d' ' -f1) - HTTP: $HTTP_PORT , HTTPS: \${HTTPS_PORT:-443}\${SUFFIX}"
  echo "$MESSAGE" | tee $WEB_ROOT/index.html
else
  echo "The directory $WEB_ROOT is a volume mount."
  echo "Therefore, will not over-write index.html"
  echo "Only logging the container characteristics:"
  echo "$NAME (with NGINX) - $(hostname) - $(hostname -i | cut -d' ' -f1)"
fi
mkdir -p /certs
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -keyout /certs/server.key -out /certs/server.crt -subj /CN=localhost 2>/dev/null
if [ "$HTTP_PORT" != 80 ]; then
  echo "Replacing default HTTP port (80) with the value specified by the user - (HTTP_PORT: $HTTP_PORT)."
  sed -i "s/80/$HTTP_PORT/g" /etc/nginx/conf.d/default.conf
fi
if [ -n "$HTTPS_PORT" ]; then
  echo "Replacing default HTTPS port (443) with the value specified by the user - (HTTPS_PORT: $HTTPS_PORT)."
  sed -i "s/443/$HTTPS_PORT/g" /etc/nginx/conf.d/default.conf
fi
unset NAME SUFFIX
exec "$@"
`

const MULTITOOL_CONF = `server {
    listen       80;
    listen       443 ssl;
    server_name  localhost;

    ssl_certificate      /certs/server.crt;
    ssl_certificate_key  /certs/server.key;

    location / {
        root   ${ROOT};
        index  index.html index.htm;
    }
}
`

const MULTITOOL = (repositories: string, name: string, suffix: string): Site => ({
  repositories,
  tags: /^[\w.-]+$/,
  megabytes: 25,
  base: alpineBase('3.22.1'),
  conf: () => MULTITOOL_CONF,
  more: {
    exposedPorts: [80, 443, 1180, 11_443],
    entrypoint: ['/bin/sh', '/docker/entrypoint.sh'],
    cmd: ['/usr/sbin/nginx', '-g', 'daemon off;'],
  },
  files(root) {
    root.write(
      '/docker/entrypoint.sh',
      MULTITOOL_ENTRYPOINT.replace('#!/bin/sh\n', `#!/bin/sh\nNAME='${name}'\nSUFFIX='${suffix}'\n`),
      { mode: 0o755 },
    )
    for (const tool of ['dig', 'nslookup', 'openssl', 'nc', 'ping', 'ip', 'ss', 'netstat', 'jq'])
      executable(root, `/usr/bin/${tool}`, `gnu/${tool}`)
    executable(root, '/bin/bash', 'shell/bash')
    executable(root, '/usr/sbin/nginx', 'nginx')
  },
})

const SITES: readonly Site[] = [
  {
    repositories: 'docker.io/nginxdemos/hello docker.io/nginxdemos/nginx-hello',
    tags: /^(latest|plain-text|\d[\d.]*(-plain-text)?)$/,
    megabytes: 16,
    base: alpineBase('3.22.1'),
    page: () => document('Hello World', `<h1>NGINX</h1>\n${HELLO_BODY}\n<p class="smaller">Request ID: request_id</p>`),
    conf: tag => (tag.includes('plain') ? HELLO_PLAIN : HELLO_PAGE),
  },
  {
    // The front of the documentation's example of two tiers: passes everything on to the Service `hello`.
    repositories: 'gcr.io/google-samples/hello-frontend us-docker.pkg.dev/google-samples/containers/gke/hello-frontend',
    tags: /^1\.0$/,
    megabytes: 68,
    conf: () =>
      'upstream Backend {\n    server hello;\n}\n\nserver {\n    listen 80;\n\n    location / {\n        proxy_pass http://Backend;\n    }\n}\n',
  },
  MULTITOOL('docker.io/wbitt/network-multitool', 'WBITT Network MultiTool', ' . (Formerly praqma/network-multitool)'),
  MULTITOOL('docker.io/praqma/network-multitool', 'Praqma Network MultiTool', ''),
  {
    repositories:
      'public.ecr.aws/l6m2t8p7/docker-2048 docker.io/alexwhen/docker-2048 docker.io/blackicebird/2048 docker.io/evilroot/docker-2048',
    tags: /^[\w.-]+$/,
    megabytes: 20,
    page: () =>
      document(
        '2048',
        '<div class="container">\n<h1 class="title">2048</h1>\n<p class="game-intro">Join the numbers and get to the <strong>2048 tile!</strong></p>\n</div>',
      ),
  },
  {
    repositories: 'docker.io/docker/getting-started',
    tags: /^(latest|pwd)$/,
    megabytes: 47,
    page: () =>
      document(
        'Getting Started',
        '<h1>Getting Started</h1>\n<p>Congratulations! You have started the container for this tutorial!</p>',
      ),
  },
  {
    repositories: 'docker.io/docker/welcome-to-docker',
    tags: /^latest$/,
    megabytes: 8,
    page: () => document('Welcome to Docker', '<h1>Congratulations!!!</h1>\n<p>You ran your first container.</p>'),
  },
  {
    repositories: 'docker.io/dockersamples/static-site',
    tags: /^latest$/,
    megabytes: 72,
    page: () =>
      document(
        'Hello Docker!',
        '<h1>Hello Docker!</h1>\n<p>This is being served from a <b>docker</b> container running Nginx.</p>',
      ),
  },
  {
    repositories: 'docker.io/stacksimplify/kubenginx',
    tags: /^[1-4]\.0\.0$/,
    megabytes: 60,
    page: tag =>
      document(
        '',
        `<h1>Welcome to Stack Simplify</h1>\n<p>Kubernetes Fundamentals Demo</p>\n<p>Application Version: V${tag[0]}</p>`,
      ),
  },
  {
    repositories: 'docker.io/karthequian/helloworld',
    tags: /^(latest|black|blue|\d[\d.]*)$/,
    megabytes: 60,
    page: () => document('Hello world', '<h1>Hello world!</h1>'),
  },
  {
    repositories: 'docker.io/kiamol/ch02-hello-kiamol docker.io/kiamol/ch03-hello-kiamol',
    tags: /^(latest|[\w-]+)$/,
    megabytes: 10,
    page: () =>
      document(
        '',
        '<h1>Hello from Chapter 2!</h1>\n<p>This is <a href="https://www.manning.com/books/learn-kubernetes-in-a-month-of-lunches">Learn Kubernetes in a Month of Lunches</a>.</p>',
      ),
  },
  {
    repositories: 'docker.io/richardchesterwood/k8s-fleetman-webapp-angular',
    tags: /^release0(-5)?$/,
    megabytes: 16,
    page: tag =>
      document('Fleet Management', `<h1>Fleet Management</h1>${tag === 'release0-5' ? '\n<p>Release 0-5</p>' : ''}`),
  },
  {
    repositories: 'quay.io/redhattraining/hello-world-nginx',
    tags: /^(latest|v1\.0)$/,
    megabytes: 70,
    port: 8080,
    page: () => document('', '<h1>Hello, world from nginx!</h1>'),
    conf: () => DEFAULT_CONF.replace('listen       80;', 'listen       8080;'),
  },
]

export const sites: readonly Image[] = SITES.map(
  ({ repositories, page, conf, port = 80, base, more, files, ...row }) => ({
    ...nginxImage,
    ...row,
    repositories: repositories.split(' '),
    exposedPorts: [port],
    ...more,
    baseOf: () => base ?? nginxImage.base,
    files(root: Directory, tag: string) {
      nginxImage.files!(root, tag)
      if (page) root.write(`${ROOT}/index.html`, page(tag))
      if (conf) root.write('/etc/nginx/conf.d/default.conf', conf(tag))
      files?.(root)
    },
  }),
)
