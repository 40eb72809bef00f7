/** Image names: `nginx` is docker.io/library/nginx:latest. */

export interface ImageReference {
  domain: string
  /** With its domain: docker.io/library/nginx. */
  repository: string
  tag: string | undefined
  digest: string | undefined
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const PATTERN = new RegExp(
  `^((?:[a-zA-Z0-9.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
)

/** Undefined when it is no image name. */
export function parseReference(name: string): ImageReference | undefined {
  const match = PATTERN.exec(name)
  if (!match) return undefined
  const path = match[1]!
  const first = path.split('/')[0]!
  const hasDomain = path.includes('/') && (/[.:]/.test(first) || first === 'localhost')
  const domain = hasDomain ? first : 'docker.io'
  const rest = hasDomain ? path.slice(first.length + 1) : path
  const repository = `${domain}/${domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest}`
  return { domain, repository, tag: match[2] ?? (match[3] ? undefined : 'latest'), digest: match[3] }
}

/** docker.io/library/nginx:1.25, as statuses show it. */
export const familiar = (reference: ImageReference): string =>
  reference.digest ? `${reference.repository}@${reference.digest}` : `${reference.repository}:${reference.tag}`
