/** Where the site's own files are: at the root of a host, or below any path. */
export const base: URL = new URL(document.documentElement.dataset.base ?? '/', location.href)
