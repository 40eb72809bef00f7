/** In a pause of typing the API server is asked what it would say, and its words stand beside those of the schema. */
import type { Model } from '../model.ts'
import { becauseOfBlanks } from './blanks.ts'

type Monaco = typeof import('./monaco.ts')['monaco']
type TextModel = ReturnType<Monaco['editor']['createModel']>

const PAUSE_MS = 700
/** Whose markers these are. */
export const SERVER = 'server'

/** @returns how to stop */
export function askServer(monaco: Monaco, model: Model, file: TextModel): () => void {
  if (!/\.(ya?ml|json)$/.test(file.uri.path)) return () => {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let here = true

  async function ask(): Promise<void> {
    if (model.state.get().phase !== 'ready') return
    const version = file.getVersionId()
    const complaints = await model.dryRun(file.getValue())
    if (!here || file.isDisposed() || file.getVersionId() !== version) return
    // What the schema says of the same line is shorter and exact to the letter.
    const told = new Set(
      monaco.editor
        .getModelMarkers({ resource: file.uri })
        .filter(m => m.owner !== SERVER)
        .map(m => m.startLineNumber),
    )
    const ofBlanks = becauseOfBlanks(file.getValue())
    const markers = complaints
      .filter(c => !told.has(c.line) && !ofBlanks(c))
      .map(({ line, message, severity }) => ({
        severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        message,
        source: 'kube-apiserver',
        startLineNumber: line,
        endLineNumber: line,
        startColumn: file.getLineFirstNonWhitespaceColumn(line) || 1,
        endColumn: file.getLineMaxColumn(line),
      }))
    monaco.editor.setModelMarkers(file, SERVER, markers)
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask().catch(console.error), PAUSE_MS)
  }
  const changes = file.onDidChangeContent(soon)
  // What it would say depends on what is there: a moment, a reset, another course.
  const phases = model.state.watch(() => {
    if (model.state.get().phase !== phase) soon()
    phase = model.state.get().phase
  })
  let phase = model.state.get().phase
  soon()
  return () => {
    here = false
    clearTimeout(timer)
    changes.dispose()
    phases()
    monaco.editor.setModelMarkers(file, SERVER, [])
  }
}
