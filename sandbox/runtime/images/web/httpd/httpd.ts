/** httpd: what is in its image. */
import { lazily } from '../../../programs.ts'
import { debianBase, executable, type Image, orAlpine, PATH } from '../../image.ts'
import { APACHECTL, FOREGROUND, httpdConf, MIME_TYPES, PAGE } from './default-files.ts'
import { moduleFiles } from './modules.ts'

const ROOT = '/usr/local/apache2'

const SLIM = debianBase(undefined, ['openssl'])

export const httpdImage: Image = {
  repositories: ['docker.io/library/httpd', 'registry.k8s.io/e2e-test-images/httpd'],
  tags: /^(latest|alpine|2(\.4(\.\d+)?)?)(-[\w.]+)*$/,
  megabytes: 56,
  cmd: ['httpd-foreground'],
  env: { PATH: `${ROOT}/bin:${PATH}`, HTTPD_PREFIX: ROOT },
  version: { variable: 'HTTPD_VERSION', latest: '2.4.65', lines: { '2': '2.4.65' } },
  workingDir: ROOT,
  stopSignal: 'WINCH',
  exposedPorts: [80],
  base: SLIM,
  baseOf: orAlpine(SLIM),
  files(root) {
    root.write('/usr/local/bin/httpd-foreground', FOREGROUND, { mode: 0o755 })
    root.write(`${ROOT}/bin/apachectl`, APACHECTL, { mode: 0o755 })
    executable(root, `${ROOT}/bin/httpd`, 'apache')
    executable(root, `${ROOT}/bin/htpasswd`, 'htpasswd')
    root.write(`${ROOT}/conf/httpd.conf`, httpdConf())
    root.write(`${ROOT}/conf/mime.types`, MIME_TYPES)
    for (const name of moduleFiles()) root.write(`${ROOT}/modules/${name}`, '\x7fELF')
    root.write(`${ROOT}/htdocs/index.html`, PAGE)
    for (const folder of ['cgi-bin', 'conf/extra', 'logs']) root.mkdir(`${ROOT}/${folder}`)
  },
  programs: {
    apache: lazily(
      () => import('./server.ts'),
      m => m.httpd,
    ),
    htpasswd: lazily(
      () => import('./htpasswd.ts'),
      m => m.htpasswd,
    ),
  },
}
