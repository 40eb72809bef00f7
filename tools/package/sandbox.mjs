/** The sandbox as a package on its own: JavaScript, declarations, and nothing but what runs. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { root } from '../ensure.mjs'
import { filesOf, writeJavaScript } from './javascript.mjs'

export const sandbox = join(root, 'sandbox')

/** What proves the sandbox, or makes it, and does not run in it. */
export const NO_PART_OF_IT =
  /(^|\/)(parity|compare|bench|testdata|node_modules)\/|^(sandbox\/)?build\/|\.(test|contract|golden)\.|(^|\/)(testing|fake)(-[\w.-]+)?\.ts$|(^|\/)(generate|declarations|go-fields)\.node\.ts$/

const sources = () => filesOf(sandbox, ['.'], NO_PART_OF_IT).filter(file => file.endsWith('.ts'))

const options = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
}

function writeDeclarations(out) {
  const files = sources().map(file => join(sandbox, file))
  const program = ts.createProgram(files, {
    ...options,
    rootDir: sandbox,
    outDir: out,
    declaration: true,
    emitDeclarationOnly: true,
  })
  // Declarations keep the names that sources have.
  program.emit(undefined, (file, text) => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text.replace(/((?:from |import\()['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'))
  })
}

/** @param declarations as well; they take some seconds */
export async function writeSandbox(out, declarations = true) {
  await writeJavaScript(sandbox, sources(), out)
  if (declarations) writeDeclarations(out)
  copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'))
}

const CONSUMER = `import { createSession, type SessionRecord } from './index.js'
export const record: SessionRecord = (await createSession({ seed: 'x' })).record()
`

/** @returns what a strict consumer of the declarations is told */
export function misread(folder) {
  const file = join(folder, 'consumer.ts')
  const host = ts.createCompilerHost({})
  const read = host.readFile.bind(host)
  const exists = host.fileExists.bind(host)
  host.readFile = name => (name === file ? CONSUMER : read(name))
  host.fileExists = name => name === file || exists(name)
  const program = ts.createProgram(
    [file],
    { ...options, noEmit: true, typeRoots: [join(root, 'node_modules/@types')] },
    host,
  )
  return ts.getPreEmitDiagnostics(program).map(d => ts.flattenDiagnosticMessageText(d.messageText, '\n'))
}
