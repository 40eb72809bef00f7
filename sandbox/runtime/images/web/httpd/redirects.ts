/** Redirect and Alias: paths that lead elsewhere, or to other files. */
import { pcre } from '../pcre.ts'
import { at, type Directive, words } from './syntax.ts'

const REASONS: Readonly<Record<number, string>> = {
  100: 'Continue',
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm A Teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  510: 'Not Extended',
  511: 'Network Authentication Required',
}

/** Apache's words for a status; undefined of one that it does not know. */
export const onStatus = (status: number): string | undefined => REASONS[status]

export interface Redirect {
  status: number
  /** Where a path leads; undefined: it is not meant. */
  of(path: string): string | undefined
}

const NAMED: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 }
const FIXED: Readonly<Record<string, number>> = { redirectpermanent: 301, redirecttemp: 302 }

/** `Redirect [status] [path] url` @throws ConfigError */
export function redirect(d: Directive): Redirect {
  const list = words(d.args)
  const byPattern = /match$/i.test(d.name)
  let status = FIXED[d.name.toLowerCase()]
  let named: number | undefined
  if (status === undefined) {
    named = NAMED[list[0]?.toLowerCase() ?? ''] ?? (/^\d+$/.test(list[0] ?? '') ? Number(list[0]) : undefined)
    if (named !== undefined) list.shift()
    status = named ?? 302
  }
  const leads = status >= 300 && status < 400
  const [first, second] = list
  if (leads ? second === undefined && !/^(https?:|\/)/.test(first ?? '') : first === undefined)
    throw at(d, 'URL to redirect to is missing')
  if (!leads && second !== undefined) throw at(d, 'Redirect URL not valid for this status')
  // Without a path it stands for all of a section; `Redirect permanent http://x` takes its URL for one.
  if (leads && second === undefined && first !== undefined && named !== undefined)
    throw at(d, 'URL to redirect to is missing')
  const path = leads && second === undefined ? '/' : first!
  const url = leads ? (second ?? first!) : ''
  if (leads && second === undefined && !/^https?:/.test(first!)) throw at(d, 'URL to redirect to is missing')
  if (leads && !byPattern && !/^[a-z][a-z\d+.-]*:/i.test(url) && !url.startsWith('/'))
    throw at(d, 'Redirect to non-URL')
  if (byPattern) {
    const regex = patternOf(d, path)
    return {
      status,
      of(asked) {
        const match = regex.exec(asked)
        return match ? filled(url, match) : undefined
      },
    }
  }
  return {
    status,
    of: asked => (under(path, asked) ? (leads ? url + asked.slice(path.length) : '') : undefined),
  }
}

/** Whether a path is one, or stands below it. */
export const under = (path: string, asked: string): boolean =>
  asked.startsWith(path) && (asked.length === path.length || path.endsWith('/') || asked[path.length] === '/')

export const filled = (text: string, match: RegExpExecArray): string =>
  text.replace(/[$\\](\d)/g, (_, n: string) => match[Number(n)] ?? '')

/** @throws ConfigError */
export function patternOf(
  d: Directive,
  text: string,
  what = 'Regular expression could not be compiled.',
  insensitive = false,
  flags = '',
): RegExp {
  try {
    return pcre(text, insensitive, flags)
  } catch {
    throw at(d, what)
  }
}

export interface Alias {
  /** Where the file of a path is; undefined: it is not meant. */
  of(path: string): string | undefined
  script: boolean
}

/** @throws ConfigError */
export function alias(d: Directive, root: string): Alias {
  const [from = '', to] = words(d.args)
  if (to === undefined) throw at(d, `${d.name} must have two arguments when used globally`)
  const script = /^script/i.test(d.name)
  const target = to.startsWith('/') ? to : `${root}/${to}`
  if (/match$/i.test(d.name)) {
    const regex = patternOf(d, from)
    return {
      script,
      of(path) {
        const match = regex.exec(path)
        return match ? filled(target, match) : undefined
      },
    }
  }
  return { script, of: path => (under(from, path) ? target + path.slice(from.length) : undefined) }
}
