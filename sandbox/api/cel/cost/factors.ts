/** Cost factors of the parts of an expression. */
export const LIST = 10n
export const MAP = 30n
export const STRUCT = 40n
/** To go through a text once, per character. */
export const TRAVERSAL = 0.1
/** A regular expression, per character. */
export const REGEX = 0.25
/** What asking the authorizer costs: two questions, and no more. */
export const CHECK = 350_000n
/** How long the names of formats may be, taken as regular expressions. */
export const MAX_FORMAT_REGEX = 128
export const MAX_FORMAT = 64n

/** Calls that cost 1, whatever they are given. */
export const NOMINAL = new Set(
  `serviceAccount path group resource subresource namespace name allowed reason error errored
   masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast
   format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch
   getScheme getHostname getHost getPort getEscapedPath getQuery`
    .trim()
    .split(/\s+/),
)
/** Calls that read their text once. */
export const READING = new Set(['cidr', 'isIP', 'isCIDR', 'quantity', 'isQuantity', 'semver', 'isSemver'])
export const SEARCHING = new Set(['isSorted', 'sum', 'max', 'min', 'indexOf', 'lastIndexOf'])
/** Overloads that go through the shorter of two. */
export const COMPARING = /^(less|greater)(_equals)?_(string|bytes)$|^(not_)?equals$/
