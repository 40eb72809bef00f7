/** The content type of a file, as Go finds it without asking the machine: by its ending, or by its first bytes. */

const CHARSET = '; charset=utf-8'

/** Endings by type; all texts are of UTF-8. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/octet-stream': 'bin com exe',
  'application/pdf': 'pdf',
  'application/postscript': 'ai eps ps',
  'application/rtf': 'rtf',
  'application/wasm': 'wasm',
  'application/xhtml+xml': 'xht xhtml',
  'application/zip': 'zip',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'oga ogg opus',
  'audio/wav': 'wav',
  'image/apng': 'apng',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jfif jpeg jpg pjp pjpeg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif tiff',
  'image/vnd.microsoft.icon': 'ico',
  'image/webp': 'webp',
  'text/calendar': 'ics',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/html': 'ehtml htm html shtml',
  'text/javascript': 'js mjs',
  'text/plain': 'text txt',
  'text/vtt': 'vtt',
  'text/xml': 'xbl xml xsl',
  'video/mp4': 'mp4',
  'video/ogg': 'ogv',
  'video/webm': 'webm',
}

/** By the first of these that fits; of HTML a tag has to end there. */
const BEGINNINGS: readonly (readonly [type: string, beginning: RegExp])[] = [
  [
    'text/html',
    /^[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[ >]/i,
  ],
  ['text/xml', /^[\t\n\f\r ]*<\?xml/],
  ['application/pdf', /^%PDF-/],
  ['application/postscript', /^%!PS-Adobe-/],
  ['image/bmp', /^BM/],
  ['image/gif', /^GIF8[79]a/],
  ['image/png', /^\udc89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\udcff\udcd8\udcff/],
  ['application/x-gzip', /^\x1f\udc8b\x08/],
  ['application/zip', /^PK\x03\x04/],
  ['application/wasm', /^\0asm/],
]
/** How much of a file is looked at. */
const LOOKED_AT = 512
const NO_TEXT = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/

export function contentType(path: string, text: string): string {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase()
  const type = ending && Object.keys(ENDINGS).find(one => ENDINGS[one]!.split(' ').includes(ending))
  return type ? withCharset(type) : guessed(text.slice(0, LOOKED_AT))
}

function guessed(begun: string): string {
  const type = BEGINNINGS.find(([, beginning]) => beginning.test(begun))?.[0]
  return withCharset(type ?? (NO_TEXT.test(begun) ? 'application/octet-stream' : 'text/plain'))
}

const withCharset = (type: string): string => (type.startsWith('text/') ? type + CHARSET : type)
