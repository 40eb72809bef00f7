/** The search page, in English. */
import type { Words } from '../words.ts'

export const search: Words['search'] = {
  title: 'Search',
  description: 'Search all lessons of Podlab. It happens in your browser; what you type is sent nowhere.',
  label: 'What to look for',
  placeholder: 'CrashLoopBackOff, say',
  go: 'Search',
  found: '{n} pages found',
  one: '1 page found',
  none: 'Nothing found',
  tries: 'For example:',
  examples: ['CrashLoopBackOff', 'ImagePullBackOff', 'readiness probe', 'sidecar', 'eviction', 'headless Service'],
  failed: 'The search could not be loaded. Please try again later.',
  noWasm: 'Search needs WebAssembly, which this browser does not have or has turned off. The list of lessons may help.',
  noScript: 'Search needs JavaScript.',
}
