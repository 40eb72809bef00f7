/** `virtual:course`: the lessons of the site that is built, wherever they are on the disk, as a module. */
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type Plan, planSite } from '../../course/plan.node.ts'

const NAME = 'virtual:course'
const RESOLVED = `\0${NAME}`
const root = join(import.meta.dirname, '../..')

export function courseModule(file: string | undefined): Plugin {
  let plan = planSite(file)
  const isOurs = (path: string | undefined): boolean => plan.roots.some(folder => path?.startsWith(`${folder}/`))
  return {
    name: 'course-module',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === NAME) return RESOLVED
      // Prose may stand outside of this project; what it is compiled to still imports our packages.
      if (/^[\w@]/.test(id) && isOurs(importer) && !importer?.startsWith(`${root}/`))
        return this.resolve(id, join(root, 'package.json'), { skipSelf: true })
      return undefined
    },
    load(id) {
      if (id !== RESOLVED) return undefined
      plan = planSite(file)
      for (const path of textsOf(plan)) this.addWatchFile(path)
      return code(plan)
    },
    configureServer({ watcher, moduleGraph, ws }) {
      watcher.add(plan.roots as string[])
      const renew = (path: string): void => {
        const found = isOurs(path) && moduleGraph.getModuleById(RESOLVED)
        if (!found) return
        moduleGraph.invalidateModule(found)
        ws.send({ type: 'full-reload' })
      }
      watcher.on('add', renew).on('unlink', renew)
    },
  }
}

const textsOf = (plan: Plan): string[] => [
  ...plan.glossaries,
  ...plan.chapters.flatMap(c => c.lessons.flatMap(l => Object.keys(l.files).map(file => join(l.path, file)))),
]

function code(plan: Plan): string {
  const folders = plan.chapters.flatMap(chapter => [
    ...(chapter.path ? [{ id: chapter.id, path: chapter.path }] : []),
    ...chapter.lessons,
  ])
  const pages = folders.flatMap(({ id, path }) =>
    plan.languages.map(lang => ({ name: `${id}/${lang}`, file: join(path, `${lang}.mdx`) })),
  )
  return [
    ...pages.map(({ file }, i) => `import * as page${i} from ${JSON.stringify(file)}`),
    ...plan.glossaries.map((file, i) => `import glossary${i} from ${JSON.stringify(`${file}?raw`)}`),
    `export const plan = ${JSON.stringify(plan)}`,
    `export const pages = { ${pages.map(({ name }, i) => `${JSON.stringify(name)}: page${i}`).join(', ')} }`,
    `export const glossaries = [${plan.glossaries.map((_, i) => `glossary${i}`).join(', ')}]`,
  ].join('\n')
}
