/** Image references, as the distribution project's grammar has them: [domain/]path[:tag][@digest]. */

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const REFERENCE = new RegExp(
  `^(?:(${DOMAIN})/)?(${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
)

export interface ImageReference {
  /** With the registry and `library/` that a short name implies. */
  repository: string
  tag: string
  digest: string
}

/** Thousands of containers name the same few. */
const known = new Map<string, Readonly<ImageReference>>()

/** undefined for what is no reference: capitals in the path, spaces, an empty tag … */
export function parseImage(image: string): Readonly<ImageReference> | undefined {
  let reference = known.get(image)
  if (!reference) {
    reference = parse(image)
    if (known.size >= 500) known.clear()
    if (reference) known.set(image, reference)
  }
  return reference
}

function parse(image: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return undefined
  const match = REFERENCE.exec(image)
  if (!match) return undefined
  let [, domain, path = '', tag = '', digest = ''] = match
  // The first part is a host only if it looks like one; otherwise it belongs to the path.
  if (domain && !/[.:]/.test(domain) && domain !== 'localhost' && domain === domain.toLowerCase()) {
    path = `${domain}/${path}`
    domain = undefined
  }
  if (path.length > 255) return undefined
  domain ??= 'docker.io'
  if (domain === 'index.docker.io') domain = 'docker.io'
  if (domain === 'docker.io' && !path.includes('/')) path = `library/${path}`
  return { repository: `${domain}/${path}`, tag: tag || (digest ? '' : 'latest'), digest }
}

export const isLatest = (image: string): boolean => parseImage(image)?.tag === 'latest'
