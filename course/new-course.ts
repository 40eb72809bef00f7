/** `podlab new-course`: a small course that works, to be changed into one's own. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

const TEMPLATE = join(import.meta.dirname, 'template')
const ROOT = join(import.meta.dirname, '..')

/** What stands in a folder in which Podlab has just been installed, or git begun. */
const MAY_BE_THERE = new Set(['package.json', 'package-lock.json', 'node_modules', '.git'])

interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  scripts?: Record<string, string>
}

/** @throws an Error when something is there already */
export function newCourse(target: string): string[] {
  const folder = resolve(target)
  if (existsSync(folder) && readdirSync(folder).some(file => !MAY_BE_THERE.has(file)))
    throw new Error(`${target} is not empty; name a folder that is new`)
  cpSync(TEMPLATE, folder, { recursive: true })
  const name =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'course'
  const course = join(folder, 'course.yaml')
  writeFileSync(course, readFileSync(course, 'utf8').replace(/^id: .*$/m, `id: ${name}`))
  const there = manifestOf(folder)
  const manifest = {
    name,
    private: true,
    type: 'module',
    ...there,
    scripts: {
      ...there?.scripts,
      check: 'podlab check-course',
      build: 'podlab build --out site',
      scorm: `podlab scorm --out ${name}.zip`,
    },
    ...(!wanted(there) && { devDependencies: { ...there?.devDependencies, podlab: wayToPodlab(folder) } }),
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  // Not in the template: it would hide the template's own files.
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\nsite/\nclassroom-data/\n*.zip\n')
  return [...filesOf(TEMPLATE), '.gitignore', 'package.json'].sort()
}

const filesOf = (folder: string): string[] =>
  (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as {
      isFile(): boolean
      parentPath: string
      name: string
    }[]
  )
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))

function manifestOf(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined
}

const wanted = (manifest: Manifest | undefined): string | undefined =>
  manifest?.dependencies?.podlab ?? manifest?.devDependencies?.podlab

/** A checkout by its path, since Podlab is on no registry; an installed package by whatever it was installed from. */
function wayToPodlab(folder: string): string {
  const [, project] = /^(.*)[\\/]node_modules[\\/]podlab[\\/]/.exec(ROOT) ?? []
  const from = project && wanted(manifestOf(project))
  if (from && !from.startsWith('file:')) return from
  const path = from ? resolve(project, from.slice('file:'.length)) : project ? join(ROOT, '..') : ROOT
  return `file:${relative(folder, path) || '.'}`
}
