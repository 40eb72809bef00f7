/** The headers that go with each answer, in one place: for our own server, and written down for hosts that read `_headers`. */

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
/**
 * Isolation from other origins, with the own window policy below: for lessons whose containers can be real processes, for
 * scripts, since a page's workers have to have it too, and for what stands in frames of pages that may be isolated.
 */
const embedder = { 'Cross-Origin-Embedder-Policy': 'require-corp' }
/** All lessons with `runtime: process` are in this chapter. */
export const ISOLATED = /^\/(zh|en)\/lessons\/real-code\//
/** Nobody else may put our pages into a frame, or reach into our windows. */
const own = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "frame-ancestors 'self'",
  'X-Frame-Options': 'SAMEORIGIN',
}
/** What others may use: the workbench in a frame, and the element that makes one. */
const open = { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' }
const lasting = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const fresh = { 'Cache-Control': 'no-cache' }

const isOpen = path => /^\/(zh|en)\/embed\/$/.test(path) || path === '/embed.js'

const needsEmbedder = path => isOpen(path) || path.startsWith('/_astro/') || ISOLATED.test(path)

export const headersFor = path => ({
  ...everywhere,
  ...(isOpen(path) ? open : own),
  ...(needsEmbedder(path) && embedder),
  ...(path.startsWith('/_astro/') ? lasting : fresh),
})

/** `_headers`, as Netlify and Cloudflare Pages read it: a rule adds to those above it, and `!` takes away. */
export function headersFile() {
  const rule = (path, headers, without = []) =>
    [path, ...without.map(name => `  ! ${name}`), ...Object.entries(headers).map(([k, v]) => `  ${k}: ${v}`)].join('\n')
  const without = [...Object.keys(own)]
  return `${[
    rule('/*', { ...everywhere, ...own }),
    rule('/_astro/*', { ...lasting, ...embedder }),
    ...['/zh', '/en'].map(lang => rule(`${lang}/lessons/real-code/*`, embedder)),
    ...['/zh/embed/', '/en/embed/', '/embed.js'].map(path => rule(path, { ...open, ...embedder }, without)),
  ].join('\n\n')}\n`
}
