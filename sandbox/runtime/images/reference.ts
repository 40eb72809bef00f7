/** Image names as the runtime writes them: with registry, repository and tag. */

export interface Reference {
  host: string
  repository: string
  tag: string
  digest: string
  /** docker.io/library/nginx:1.25 */
  full: string
}

/** Of a name that is known to be well-formed. */
export function parseReference(name: string): Reference {
  const [before = '', digest = ''] = name.split('@')
  const slash = before.indexOf('/')
  const first = slash < 0 ? '' : before.slice(0, slash)
  const isHost = /[.:]/.test(first) || first === 'localhost'
  const host = isHost ? first : 'docker.io'
  const rest = isHost ? before.slice(slash + 1) : before
  const colon = rest.lastIndexOf(':')
  const path = colon > rest.lastIndexOf('/') ? rest.slice(0, colon) : rest
  const tag = colon > rest.lastIndexOf('/') ? rest.slice(colon + 1) : digest ? '' : 'latest'
  const repository = `${host}/${host === 'docker.io' && !path.includes('/') ? 'library/' : ''}${path}`
  return { host, repository, tag, digest, full: repository + (tag && `:${tag}`) + (digest && `@${digest}`) }
}
