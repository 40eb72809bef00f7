/** The base path of the site: the root of a host, or any path below it. */
export const base: URL = new URL(document.documentElement.dataset.base ?? '/', location.href)
