/** Configuration of the site's build: Astro over site/src and lessons/, with the work-arounds that Monaco needs. */

import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import { courseModule } from './site/build/course-module.ts'
import { lazyMonacoCss } from './site/build/lazy-monaco-css.mjs'
import { numberOutputs } from './site/build/number-outputs.mjs'
import { realNode } from './site/build/real-node.mjs'
import { relocate } from './site/build/relocate.mjs'
import { searchIndex } from './site/build/search-index.mjs'
import { serviceWorker } from './site/build/service-worker.mjs'
import { PLACEHOLDER, target } from './site/build/target.mjs'
import { workerChunks } from './site/build/worker-chunks.mjs'

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
const here = path => new URL(path, import.meta.url).pathname

export default defineConfig({
  site: target.site ?? (target.course ? undefined : 'http://localhost:4321'),
  base: target.base ?? PLACEHOLDER,
  srcDir: './site/src',
  publicDir: './site/public',
  outDir: target.outDir,
  cacheDir: './.cache/astro',
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  // The site highlights code with classes of its own: no inline styles, so the content security policy stays strict.
  markdown: { syntaxHighlight: false },
  // In this order: what is searched is kept for offline use, too.
  integrations: [mdx(), realNode(), relocate(), searchIndex(), serviceWorker()],
  devToolbar: { enabled: false },
  server: { headers: isolation, port: 4321 },
  vite: {
    plugins: [courseModule(target.course), lazyMonacoCss(), numberOutputs()],
    ...(target.base === undefined && {
      experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
    }),
    optimizeDeps: {
      // Its WebAssembly is found beside its script.
      exclude: ['@jitl/quickjs-wasmfile-release-sync'],
      include: [
        'monaco-yaml',
        'monaco-yaml/yaml.worker.js',
        'monaco-editor/editor/editor.worker',
        'just-bash',
        '@marcbachmann/cel-js',
        'antlr4ng',
        'unbash',
        'quickjs-emscripten-core',
        'croner',
        '@vscode/l10n',
        'yaml',
        '@xterm/xterm',
        '@xterm/addon-fit',
        'monaco-editor/editor',
        'monaco-editor/features/*/register',
        'monaco-editor/languages/definitions/yaml/register',
        'monaco-editor/editor/contrib/suggest/browser/suggestController',
      ],
    },
    worker: { format: 'es', rolldownOptions: { output: { codeSplitting: workerChunks } } },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    resolve: {
      alias: [
        // monaco-worker-manager imports the paths that Monaco had before 0.56.
        { find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' },
        // just-bash reaches for zlib, which none of the commands used here needs.
        { find: 'node:zlib', replacement: here('./site/build/no-zlib.mjs') },
      ],
    },
  },
})
