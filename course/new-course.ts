/** `podlab new-course`: a small course that works, to be changed into one's own. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

const TEMPLATE = join(import.meta.dirname, 'template')
const ROOT = join(import.meta.dirname, '..')

/** @throws an Error when something is there already */
export function newCourse(target: string): string[] {
  const folder = resolve(target)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${target} is not empty; name a folder that is new`)
  cpSync(TEMPLATE, folder, { recursive: true })
  const name =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'course'
  const course = join(folder, 'course.yaml')
  writeFileSync(course, readFileSync(course, 'utf8').replace(/^id: .*$/m, `id: ${name}`))
  const manifest = {
    ...{ name, private: true, type: 'module' },
    scripts: {
      check: 'podlab check-course',
      build: 'podlab build --out site',
      scorm: `podlab scorm --out ${name}.zip`,
    },
    // By path as long as Podlab is on no registry.
    devDependencies: { podlab: `file:${relative(folder, ROOT) || '.'}` },
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  // Not in the template: it would hide the template's own files.
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\nsite/\n*.zip\n')
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as {
      isFile(): boolean
      parentPath: string
      name: string
    }[]
  )
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
