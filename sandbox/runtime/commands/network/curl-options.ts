/** curl's options: read, checked, and those that are not simulated refused. */
import { Asked, type Call, type Options, options, Refusal, WrongOption } from '../command.ts'

const LETTERS = 'sSo:iIX:H:d:Lfm:vkw:A:Ou:b:Ge:N46gq#'

const withoutColon = (spec: string): string => spec.replace(/:$/, '')

/** Where no letter means the same, an option has its own name. */
const LONG = {
  silent: 's',
  'show-error': 'S',
  output: 'o',
  include: 'i',
  head: 'I',
  request: 'X',
  header: 'H',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  location: 'L',
  fail: 'f',
  'max-time': 'm',
  verbose: 'v',
  insecure: 'k',
  'write-out': 'w',
  'user-agent': 'A',
  'remote-name': 'O',
  user: 'u',
  cookie: 'b',
  get: 'G',
  referer: 'e',
  'fail-with-body': 'f',
  'progress-bar': '#',
  'no-buffer': 'N',
  disable: 'q',
  globoff: 'g',
  ipv4: '4',
  ipv6: '6',
  'no-progress-meter': 'no-progress-meter',
  'connect-timeout': 'connect-timeout:',
  'http1.1': 'http1.1',
  resolve: 'resolve:',
  // Processes send from the one address that leads there.
  interface: 'interface:',
  compressed: 'compressed',
  noproxy: 'noproxy:',
  retry: 'retry:',
  'retry-delay': 'retry-delay:',
  'retry-max-time': 'retry-max-time:',
  'retry-connrefused': 'retry-connrefused',
  'retry-all-errors': 'retry-all-errors',
  cacert: 'cacert:',
  'oauth2-bearer': 'oauth2-bearer:',
}

/** Options of the real curl that would change what is done, by letter, or by name where they have none. */
const REFUSED: Readonly<Record<string, string>> = {
  append: 'a',
  'use-ascii': 'B',
  'continue-at': 'C:',
  'cookie-jar': 'c:',
  'dump-header': 'D:',
  cert: 'E:',
  form: 'F:',
  'remote-header-name': 'J',
  'junk-session-cookies': 'j',
  config: 'K:',
  'list-only': 'l',
  manual: 'M',
  netrc: 'n',
  proxytunnel: 'p',
  'ftp-port': 'P:',
  quote: 'Q:',
  range: 'r:',
  'remote-time': 'R',
  'telnet-option': 't:',
  'upload-file': 'T:',
  'proxy-user': 'U:',
  proxy: 'x:',
  'speed-time': 'y:',
  'speed-limit': 'Y:',
  'time-cond': 'z:',
  parallel: 'Z',
  'http1.0': '0',
  tlsv1: '1',
  ...Object.fromEntries(
    [
      'capath:',
      'connect-to:',
      'create-dirs',
      'data-urlencode:',
      'digest',
      'fail-early',
      'form-string:',
      'http2',
      'http3',
      'json:',
      'key:',
      'limit-rate:',
      'location-trusted',
      'max-redirs:',
      'negotiate',
      'output-dir:',
      'proto:',
      'socks5:',
      'socks5-hostname:',
      'stderr:',
      'tlsv1.2',
      'tlsv1.3',
      'trace:',
      'trace-ascii:',
      'unix-socket:',
      'url:',
      'url-query:',
    ].map(spec => [withoutColon(spec), spec]),
  ),
}

const SPEC =
  LETTERS +
  Object.values(REFUSED)
    .filter(spec => withoutColon(spec).length === 1)
    .join('')
const NAMES: Readonly<Record<string, string>> = {
  ...LONG,
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([name, spec]) => [name, withoutColon(spec).length === 1 ? withoutColon(spec) : spec]),
  ),
}

/** Options whose value is a number of seconds, which may be broken, or a whole number. */
const NUMBERS: Readonly<Record<string, { shown: string; whole: boolean }>> = {
  m: { shown: '-m', whole: false },
  'connect-timeout': { shown: '--connect-timeout', whole: false },
  retry: { shown: '--retry', whole: true },
  'retry-delay': { shown: '--retry-delay', whole: true },
  'retry-max-time': { shown: '--retry-max-time', whole: true },
}

export const HINT = "curl: try 'curl --help' or 'curl --manual' for more information\n"

/** A use that curl does not understand, in its own words, which name the option. */
export class CurlUsage extends Error {}

function parse(call: Call): Options {
  try {
    return options(call, SPEC, NAMES)
  } catch (error) {
    if (!(error instanceof WrongOption) || error instanceof Asked) throw error
    const given = /'(.+)'$/.exec(error.message)?.[1] ?? ''
    const shown = given.startsWith('--') ? given : `-${given}`
    const why = error.message.startsWith('option requires') ? 'requires parameter' : 'is unknown'
    throw new CurlUsage(`option ${shown}: ${why}`)
  }
}

/** @throws CurlUsage, and Refusal of what is not simulated */
export function curlOptions(call: Call): Options {
  const flags = parse(call)
  for (const [name, { shown, whole }] of Object.entries(NUMBERS)) {
    for (const value of flags.values(name)) {
      if (/^-\d/.test(value)) throw new CurlUsage(`option ${shown}: expected a positive numerical parameter`)
      if (!(whole ? /^\d+$/ : /^(?:\d+\.?\d*|\.\d+)$/).test(value))
        throw new CurlUsage(`option ${shown}: expected a proper numerical parameter`)
    }
  }
  for (const [name, spec] of Object.entries(REFUSED))
    if (flags.has(withoutColon(spec))) throw new Refusal(`--${name}: not simulated`, 2)
  return flags
}
