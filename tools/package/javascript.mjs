/** Makes JavaScript of a folder of TypeScript: Node strips no types below node_modules. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { transform } from 'esbuild'

const isTypeScript = file => /\.tsx?$/.test(file)
const asJavaScript = file => file.replace(/\.tsx?$/, '.js')
/** Files that may name others by their paths. */
const namesOthers = file => /\.(tsx?|mjs|astro)$/.test(file)

/** Every file below some folders, as paths from `base`, but those that match. */
export const filesOf = (base, folders, leftOut) =>
  folders.flatMap(folder =>
    readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(base, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter(file => !leftOut.test(file)),
  )

/** @param files paths from `base`: TypeScript is compiled, all else is copied as it is */
export async function writeJavaScript(base, files, out) {
  const compiled = new Set(files.filter(isTypeScript))
  const write = async file => {
    const to = join(out, asJavaScript(file))
    mkdirSync(dirname(to), { recursive: true })
    if (!namesOthers(file)) return copyFileSync(join(base, file), to)
    const text = renamed(readFileSync(join(base, file), 'utf8'), file, compiled)
    writeFileSync(to, isTypeScript(file) ? (await transform(text, options(file))).code : text)
  }
  await Promise.all(files.map(write))
}

const options = file => ({
  sourcefile: file,
  loader: file.endsWith('x') ? 'tsx' : 'ts',
  format: 'esm',
  target: 'es2024',
  // For a page, `</script>` in a template would be written otherwise.
  platform: 'node',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
})

/** Paths of compiled files, in quotes, from the file that names them or from the root: imports, workers, what is bundled. */
const renamed = (text, file, compiled) =>
  text.replace(/(['"`])([^'"`\s]+\.tsx?)(\?\w+)?\1/g, (all, quote, path, query = '') => {
    const from = path.startsWith('/') ? '' : dirname(file)
    const named = [join(from, path), path].some(p => compiled.has(p.replace(/^\//, '')))
    return named ? quote + asJavaScript(path) + query + quote : all
  })
