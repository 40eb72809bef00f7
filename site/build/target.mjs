/** The target of a build: what is built, for which host and base path; `podlab build` sets it in the environment. */

/** Stands for the site's root in what is built, until relocate.mjs puts a relative address there. */
export const PLACEHOLDER = '/__podlab__/'

const { PODLAB_COURSE, PODLAB_OUT, PODLAB_BASE, PODLAB_SITE, PODLAB_AT } = process.env

export const target = {
  /** A course.yaml; every lesson of ours when absent. */
  course: PODLAB_COURSE || undefined,
  outDir: PODLAB_OUT ?? './dist',
  /** Where the site will be on its host, or undefined when it has to work anywhere. */
  base: PODLAB_BASE === 'anywhere' ? undefined : (PODLAB_BASE ?? '/'),
  /** The whole address, for links that have to be absolute. */
  site: PODLAB_SITE || undefined,
  /** The path of that address, for the one page that is answered wherever nothing is. */
  at: PODLAB_AT || './',
}
