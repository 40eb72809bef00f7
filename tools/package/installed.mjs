/** For tests: a package in a fresh folder as `npm install` leaves it there, with links in place of other packages. */
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../ensure.mjs'

/**
 * @param write what makes its `build/`
 * @returns the package's folder
 */
export async function install(packed, folder, write) {
  const { name, files, dependencies } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'))
  const modules = join(folder, 'node_modules')
  for (const dependency of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true })
    symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency))
  }
  const target = join(modules, name)
  for (const file of globSync(['package.json', ...files.filter(f => f !== 'build')], { cwd: packed }))
    cpSync(join(packed, file), join(target, file))
  await write(join(target, 'build'))
  return target
}
