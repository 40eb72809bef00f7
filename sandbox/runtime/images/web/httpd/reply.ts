/** Answers, and the pages that Apache makes for errors and redirections. */
import { askedPort, type Exchange } from './exchange.ts'
import { onStatus } from './redirects.ts'

export interface Answer {
  status: number
  body: string
  headers: (readonly [name: string, value: string])[]
  /** As another server has sent it. */
  whole?: boolean
  /** Words for its status that are not the usual ones. */
  reason?: string
}

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

const PROBLEM =
  'The server encountered an internal error or\nmisconfiguration and was unable to complete\nyour request.</p>\n<p>Please contact the server administrator at \n'

function explanation(x: Exchange, status: number, { location = '', text = '' }: Told): string {
  switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return `<p>The ${status === 303 ? 'answer to your request is located' : 'document has moved'} <a href="${escaped(location)}">here</a>.</p>\n`
    case 400:
      return '<p>Your browser sent a request that this server could not understand.<br />\n</p>\n'
    case 401:
      return "<p>This server could not verify that you\nare authorized to access the document\nrequested.  Either you supplied the wrong\ncredentials (e.g., bad password), or your\nbrowser doesn't understand how to supply\nthe credentials required.</p>\n"
    case 403:
      return `<p>You don't have permission to access this resource.${text}</p>\n`
    case 404:
      return '<p>The requested URL was not found on this server.</p>\n'
    case 405:
      return `<p>The requested method ${escaped(x.method)} is not allowed for this URL.</p>\n`
    case 410:
      return '<p>The requested resource is no longer available on this server and there is no forwarding address.\nPlease remove all references to this resource.</p>\n'
    case 412:
      return '<p>The precondition on the request for this URL evaluated to false.</p>\n'
    case 413:
      return `The requested resource does not allow request data with ${escaped(x.method)} requests, or the amount of data provided in\nthe request exceeds the capacity limit.\n`
    case 416:
      return '<p>None of the range-specifier values in the Range\nrequest-header field overlap the current extent\nof the selected resource.</p>\n'
    case 418:
      return '<p>The resulting entity body MAY be short and stout.</p>\n'
    case 501:
      return `<p>${escaped(x.method)} not supported for current URL.<br />\n</p>\n`
    case 502:
      return `<p>The proxy server received an invalid\nresponse from an upstream server.<br />\n${text && PROXY(text)}</p>\n`
    case 503:
      return '<p>The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\nproblems. Please try again later.</p>\n'
    case 504:
      return '<p>The gateway did not receive a timely response\nfrom the upstream server or application.</p>\n'
    default:
      if (text) return `${PROXY(text)}<p />\n`
      return `<p>${PROBLEM} ${escaped(x.host.admin)} to inform them of the time this error occurred,\n and the actions you performed just before this error.</p>\n<p>More information about this error may be available\nin the server error log.</p>\n`
  }
}

export interface Told {
  location?: string
  text?: string
  /** The error of the page that should have told of another. */
  besides?: number
}

/** The first page of errors says the title of a proxy's faults in words of its own. */
const TITLES: Readonly<Record<number, string>> = { 500: 'Proxy Error', 502: 'Proxy Error' }

const PROXY = (text: string): string =>
  `The proxy server could not handle the request<p>Reason: <strong>${escaped(text)}</strong></p>`

export function page(x: Exchange, status: number, told: Told = {}): string {
  const reason = onStatus(status) ?? ''
  const title = TITLES[status] && told.text !== undefined ? TITLES[status] : reason
  const besides =
    told.besides === undefined
      ? ''
      : `<p>Additionally, a ${told.besides} ${onStatus(told.besides) ?? ''}\nerror was encountered while trying to use an ErrorDocument to handle the request.</p>\n`
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n${explanation(x, status, told)}${besides}${signature(x, '<hr>\n')}</body></html>\n`
}

/** The line at the foot of pages, where ServerSignature asks for one. */
export function signature(x: Exchange, before = ''): string {
  const { footer, admin, signature: server, name } = x.host
  if (footer === 'Off') return ''
  const host = (x.request.headers.get('host') ?? name ?? '').replace(/:\d+$/, '')
  const shown = footer === 'EMail' ? `<a href="mailto:${escaped(admin)}">${host}</a>` : host
  return `${before}<address>${escaped(server)} Server at ${shown} Port ${askedPort(x)}</address>\n`
}
