/** Addresses of the site, as pages write them when they are built, which may be for any path. Scripts have page/base.ts. */

import { PLACEHOLDER, target } from '../build/target.mjs'

/** @param path without a slash before it, such as `en/lessons/` */
export const at = (path: string): string => `${target.base ?? PLACEHOLDER}${path}`

/** The same with the host before it; undefined where nobody has said which it will be. */
export const absolute = (path: string, site: URL | undefined): string | undefined =>
  site && new URL(path, site.href.replace(/\/?$/, '/')).href
