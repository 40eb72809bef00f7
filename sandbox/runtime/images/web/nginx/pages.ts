/** What nginx says by itself: its pages of errors, and redirections. */

/** nginx's own words, where they are not those of the standard. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Authorization Required',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Time-out',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
}

/** In the status line, where nginx says something else than in its page. */
const IN_STATUS_LINE: Readonly<Record<number, string>> = { 302: 'Moved Temporarily', 401: 'Unauthorized' }

export const reasonOf = (status: number): string => IN_STATUS_LINE[status] ?? REASONS[status] ?? ''

/** Empty for a status that it has no page for. */
export const errorPage = (status: number, signature: string): string => {
  const title = REASONS[status] && status >= 300 ? `${status} ${REASONS[status]}` : ''
  return title
    ? `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${signature}</center>\r\n</body>\r\n</html>\r\n`
    : ''
}
