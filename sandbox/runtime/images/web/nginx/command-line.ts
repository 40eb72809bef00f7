/** nginx's command line, and what it says of itself. */
import { absolute, CONFIG } from './files.ts'

/** What the command line asks for. */
export interface Options {
  config: string
  global: string
  action?: string
  test?: 'silent' | 'said' | 'dumped'
}

export function readOptions(words: readonly string[]): Options | { wrong: string } {
  const options: Options = { config: CONFIG, global: '' }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, flag, attached] = /^-([gcspe])(.*)$/s.exec(word) ?? []
    if (flag) {
      const value = attached || rest.shift()
      if (value === undefined)
        return {
          wrong: `option "-${flag}" requires ${flag === 's' ? 'parameter' : flag === 'g' ? 'global directives' : 'file name'}`,
        }
      if (flag === 'g') options.global = value
      else if (flag === 'c') options.config = absolute(value)
      else if (flag === 's') options.action = value
      else return { wrong: `option "-${flag}" is not simulated` }
    } else if (/^-[tTq]+$/.test(word)) {
      if (word.includes('T')) options.test = 'dumped'
      else if (word.includes('q')) options.test = 'silent'
      else options.test ??= 'said'
    } else return { wrong: `invalid option: "${word}"` }
  }
  return options
}

const USAGE = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`

const PATHS = {
  prefix: '/etc/nginx',
  'sbin-path': '/usr/sbin/nginx',
  'modules-path': '/usr/lib/nginx/modules',
  'conf-path': '/etc/nginx/nginx.conf',
  'error-log-path': '/var/log/nginx/error.log',
  'http-log-path': '/var/log/nginx/access.log',
  'pid-path': '/run/nginx.pid',
  'lock-path': '/run/nginx.lock',
  'http-client-body-temp-path': '/var/cache/nginx/client_temp',
  'http-proxy-temp-path': '/var/cache/nginx/proxy_temp',
  'http-fastcgi-temp-path': '/var/cache/nginx/fastcgi_temp',
  'http-uwsgi-temp-path': '/var/cache/nginx/uwsgi_temp',
  'http-scgi-temp-path': '/var/cache/nginx/scgi_temp',
  user: 'nginx',
  group: 'nginx',
}

const MODULES =
  'compat file-aio threads http_addition_module http_auth_request_module http_dav_module http_flv_module http_gunzip_module http_gzip_static_module http_mp4_module http_random_index_module http_realip_module http_secure_link_module http_slice_module http_ssl_module http_stub_status_module http_sub_module http_v2_module http_v3_module mail mail_ssl_module stream stream_realip_module stream_ssl_module stream_ssl_preread_module'

const ARGUMENTS = [
  ...Object.entries(PATHS).map(([name, path]) => `--${name}=${path}`),
  ...MODULES.split(' ').map(name => `--with-${name}`),
  "--with-cc-opt='-g -O2 -fstack-protector-strong -Wformat -Werror=format-security -Wp,-D_FORTIFY_SOURCE=2 -fPIC'",
  "--with-ld-opt='-Wl,-z,relro -Wl,-z,now -Wl,--as-needed -pie'",
].join(' ')

/** What it says where it is asked for its version or for help; undefined where it is to run. */
export function aboutItself([first = '']: readonly string[], version: string): string | undefined {
  const name = `nginx version: nginx/${version}\n`
  if (first === '-v') return name
  if (first === '-h' || first === '-?') return name + USAGE
  if (first !== '-V') return undefined
  return `${name}built by gcc 12.2.0 (Debian 12.2.0-14) \nbuilt with OpenSSL 3.0.15 3 Sep 2024 (running with OpenSSL 3.0.17 1 Jul 2025)\nTLS SNI support enabled\nconfigure arguments: ${ARGUMENTS}\n`
}
