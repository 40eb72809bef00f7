/** Makes of the sandbox a package that any Node and any bundler takes: JavaScript, declarations, and nothing but what runs. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

export const sandbox = join(import.meta.dirname, '../sandbox')

const LEFT_OUT =
  /(^|\/)(parity|compare|bench|testdata|node_modules)\/|\.(test|contract|golden)\.|(^|\/)(generate|declarations|protobuf-numbers)\.node\.ts$/
const sources = () =>
  readdirSync(sandbox, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.ts') && !LEFT_OUT.test(file))

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

/** One file after the other; what else imports it does not matter to JavaScript. */
function writeJavaScript(out) {
  for (const file of sources()) {
    const text = readFileSync(join(sandbox, file), 'utf8')
    const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: file })
    const to = join(out, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, file === 'bin/main.ts' ? `#!/usr/bin/env node\n${outputText}` : outputText)
  }
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
export function writePackage(out, declarations = true) {
  mkdirSync(out, { recursive: true })
  writeJavaScript(out)
  if (declarations) writeDeclarations(out)
  const { devDependencies: _, ...own } = JSON.parse(readFileSync(join(sandbox, 'package.json'), 'utf8'))
  const manifest = {
    ...own,
    bin: { podlab: './bin/main.js' },
    engines: { node: '>=20' },
    sideEffects: false,
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './*.js': { types: './*.d.ts', default: './*.js' },
    },
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  copyFileSync(join(sandbox, 'README.md'), join(out, 'README.md'))
  copyFileSync(join(sandbox, '../LICENSE'), join(out, 'LICENSE'))
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
    { ...options, noEmit: true, typeRoots: [join(sandbox, '../node_modules/@types')] },
    host,
  )
  return ts.getPreEmitDiagnostics(program).map(d => ts.flattenDiagnosticMessageText(d.messageText, '\n'))
}
