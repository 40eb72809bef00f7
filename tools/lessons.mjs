/**
 * `npm run lessons`: checks every lesson, or those whose id contains the words given; `exam` for the practice exam.
 *   --kubeconfig FILE   runs their solutions on that cluster instead, with the real kubectl
 *   --serve             runs them with the real kubectl on clusters of `podlab serve`, one for each lesson
 *   --alone             nobody else uses that cluster: those that change nodes run too, and leave them as they were
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePackages, root, run } from './ensure.mjs'
import { helpIfAsked } from './manual.mjs'

helpIfAsked(import.meta.filename)
ensurePackages()
const words = process.argv.slice(2)
const at = words.indexOf('--kubeconfig')
const [, kubeconfig] = at < 0 ? [] : words.splice(at, 2)
if (at >= 0 && !kubeconfig) {
  console.error('--kubeconfig needs the path of a file')
  process.exit(2)
}
const [name] = words.filter(word => !word.startsWith('--'))
const lessons = join(root, 'lessons')
const ids = readdirSync(lessons)
  .filter(chapter => /^\d\d-/.test(chapter))
  .flatMap(chapter => readdirSync(join(lessons, chapter)).map(folder => `${chapter}/${folder}`))
if (name && ![...ids, 'exam'].some(id => id.includes(name))) {
  console.error(`no lesson has "${name}" in its id, as in ${ids[0]}`)
  process.exit(2)
}
const served = words.indexOf('--serve')
if (served >= 0) words.splice(served, 1)
const cluster = kubeconfig ?? (served >= 0 ? '--serve' : undefined)
process.exit(
  cluster
    ? run('node', ['lessons/harness/solve-on-cluster.node.ts', cluster, ...words], { cwd: root })
    : run('vitest', ['run', 'lessons', '--reporter=./tools/lessons-reporter.mjs', ...(name ? ['-t', name] : [])]),
)
