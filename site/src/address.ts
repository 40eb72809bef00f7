/** Addresses of the site, as pages write them; the build may place it below any path. */

/** @param path without a slash before it, such as `en/lessons/` */
export const at = (path: string): string => `${import.meta.env.BASE_URL}${path}`

/** The same with the host before it; undefined where nobody has said which it will be. */
export const absolute = (path: string, site: URL | undefined): string | undefined =>
  site && new URL(path, site.href.replace(/\/?$/, '/')).href
