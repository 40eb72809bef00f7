/** Monaco with only what a YAML editor needs, and the Kubernetes schema behind it. Loaded when the workbench is, never before. */

import * as monaco from 'monaco-editor/editor'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/codeAction/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
// F7 reads one difference after another.
import 'monaco-editor/features/diffEditor/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/format/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
// The register file of suggest leaves out the controller itself.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/yaml/register'
import { configureMonacoYaml, type MonacoYaml } from 'monaco-yaml'
import { base } from '../../page/base.ts'
import { yamlSyntaxZh } from '../../words/yaml-zh.ts'
import { becauseOfBlanks } from './blanks.ts'
import { offerFixes, withoutGuesses } from './quick-fix.ts'
import { offerSnippets } from './snippets.ts'
import YamlWorker from './yaml.worker.ts?worker'

export { monaco }

/** Vite's workers take a name, which Astro's types do not know of; it tells the YAML server its language. */
const NamedYamlWorker = YamlWorker as new (options: { name: string }) => Worker
const makeWorker = (label: string): Worker =>
  label === 'yaml' ? new NamedYamlWorker({ name: document.documentElement.lang.slice(0, 2) }) : new EditorWorker()
self.MonacoEnvironment = { getWorker: (_id: string, label: string) => makeWorker(label) }

/** monaco-worker-manager still calls createWebWorker as Monaco had it before 0.53. */
interface OldOptions {
  label?: string
  createData?: unknown
  host?: Record<string, (...args: unknown[]) => unknown>
  keepIdleModels?: boolean
}
type SetMarkers = typeof monaco.editor.setModelMarkers
const chinese = document.documentElement.lang.startsWith('zh')
const inChinese = (marker: monaco.editor.IMarkerData): monaco.editor.IMarkerData => ({
  ...marker,
  message: yamlSyntaxZh[marker.message] ?? marker.message,
})
const asBefore = {
  ...monaco,
  languages: {
    ...monaco.languages,
    registerCodeActionProvider: (language: string, provider: monaco.languages.CodeActionProvider) =>
      monaco.languages.registerCodeActionProvider(language, withoutGuesses(provider)),
  },
  editor: {
    ...monaco.editor,
    /** What the schema says of a blank is not said. */
    setModelMarkers(file: Parameters<SetMarkers>[0], owner: string, markers: Parameters<SetMarkers>[2]) {
      const ofBlanks = becauseOfBlanks(file.getValue())
      const rest = markers.filter(({ startLineNumber: line, message }) => !ofBlanks({ line, message }))
      monaco.editor.setModelMarkers(file, owner, chinese ? rest.map(inChinese) : rest)
    },
    createWebWorker(options: OldOptions) {
      const worker = makeWorker(options.label ?? '')
      worker.postMessage('ignore')
      worker.postMessage(options.createData)
      return monaco.editor.createWebWorker({
        worker,
        ...(options.host && { host: options.host }),
        keepIdleModels: options.keepIdleModels ?? false,
      })
    },
  },
}

let yaml: MonacoYaml | undefined

/** Checks manifests against the schema; without one there is still syntax to check. */
export async function configureYaml(didYouMean: (name: string) => string): Promise<void> {
  if (yaml) return
  offerSnippets(monaco)
  const response = await fetch(new URL('schema/k8s.json', base))
  const schema: unknown = response.ok ? await response.json() : undefined
  offerFixes(monaco, schema, didYouMean)
  yaml = configureMonacoYaml(asBefore, {
    isKubernetes: false,
    enableSchemaRequest: false,
    // It would be a link to a file that there is only in here.
    hoverSchemaSource: false,
    yamlVersion: '1.1',
    schemas: schema
      ? [{ uri: 'file:///k8s.json', fileMatch: ['**/*.yaml', '**/*.yml'], schema: schema as object }]
      : [],
  })
}

const css = (name: string): string => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  return value.startsWith('#') ? value.slice(1) : value
}

/** The page's colours, as they are now. */
export function useTheme(): void {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark')
  monaco.editor.defineTheme('podlab', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'type', foreground: css('--code-key') },
      { token: 'string.yaml', foreground: css('--ink') },
      { token: 'string', foreground: css('--code-string') },
      { token: 'number', foreground: css('--code-number') },
      { token: 'comment', foreground: css('--code-comment'), fontStyle: 'italic' },
      { token: '', foreground: css('--ink') },
    ],
    colors: {
      'editor.background': `#${css('--raised')}`,
      'editor.foreground': `#${css('--ink')}`,
      'editorLineNumber.foreground': `#${css('--ink-soft')}`,
      'editorLineNumber.activeForeground': `#${css('--ink')}`,
      'editor.lineHighlightBackground': `#${css('--paper')}`,
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `#${css('--pea-wash')}`,
      'editorCursor.foreground': `#${css('--blossom')}`,
      'editorWidget.background': `#${css('--raised')}`,
      'editorWidget.border': `#${css('--line-strong')}`,
      'editorHoverWidget.background': `#${css('--raised')}`,
      'editorSuggestWidget.selectedBackground': `#${css('--pea-wash')}`,
      'editorSuggestWidget.selectedForeground': `#${css('--ink')}`,
      'editorSuggestWidget.highlightForeground': `#${css('--pea')}`,
      'editorSuggestWidget.focusHighlightForeground': `#${css('--pea')}`,
      'diffEditor.removedLineBackground': `#${css('--red-wash')}80`,
      'diffEditor.removedTextBackground': `#${css('--red-wash')}`,
      'diffEditor.insertedLineBackground': `#${css('--pea-wash')}80`,
      'diffEditor.insertedTextBackground': `#${css('--pea-box')}`,
      focusBorder: `#${css('--focus')}`,
      'editorIndentGuide.background1': `#${css('--line')}`,
    },
  })
  monaco.editor.setTheme('podlab')
}
