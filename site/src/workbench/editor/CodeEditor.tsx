/** The file in front: a plain text area that is there at once, and Monaco in its place when it has loaded. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { highlight, languageOf } from '../../prose/highlight.ts'
import { useLab } from '../context.ts'
import { PLAIN_ABOVE } from '../model.ts'
import { usePart } from '../store.ts'
import { savingApplies } from './saving.ts'
import { askServer } from './server-says.ts'

export interface Problem {
  line: number
  text: string
}

type Monaco = typeof import('./monaco.ts')
let loading: Promise<Monaco> | undefined

/** Fetches the editor; its words in the page's language come first, or it would not know them. */
export function loadMonaco(didYouMean: (name: string) => string): Promise<Monaco> {
  loading ??= (async () => {
    if (document.documentElement.lang.startsWith('zh')) await import('monaco-editor/nls/lang/zh-cn')
    const monaco = await import('./monaco.ts')
    monaco.useTheme()
    void monaco.knowKubernetes(didYouMean).catch(console.error)
    return monaco
  })()
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

export type Readiness = 'loading' | 'failed' | 'full'

interface Props {
  path: string
  onProblems(problems: Problem[] | undefined): void
  onReadiness(readiness: Readiness): void
  onApply(): void
}

export function CodeEditor(props: Props) {
  const { model, t } = useLab()
  const [monaco, setMonaco] = useState<Monaco | 'failed'>()
  const big = usePart(model.state, s => (s.files[props.path]?.length ?? 0) > PLAIN_ABOVE)
  /** Where the reader was typing when the full editor arrived. */
  const caret = useRef<number>(undefined)
  const plain = !monaco || monaco === 'failed' || big
  useEffect(() => props.onReadiness(monaco === 'failed' ? 'failed' : monaco ? 'full' : 'loading'), [monaco])
  useEffect(() => {
    let here = true
    loadMonaco(t.editor.didYouMean).then(
      m => {
        const typing = document.activeElement
        if (typing instanceof HTMLTextAreaElement && typing.closest('.plain-editor'))
          caret.current = typing.selectionStart
        if (here) setMonaco(m)
      },
      error => {
        console.error(error)
        if (here) setMonaco('failed')
      },
    )
    return () => {
      here = false
    }
  }, [])
  return plain ? <PlainEditor {...props} big={big} /> : <FullEditor {...props} monaco={monaco} caret={caret.current} />
}

function PlainEditor(props: Props & { big: boolean }) {
  const { model, t } = useLab()
  const text = usePart(model.state, s => s.files[props.path] ?? '')
  const back = useRef<HTMLPreElement>(null)
  useEffect(() => props.onProblems(undefined), [props.path])
  const coloured = props.big ? undefined : highlight(text, languageOf(props.path))
  return (
    <div class="plain-editor">
      {coloured !== undefined && (
        // The highlighter escapes everything; a property test holds it to that.
        <pre class="plain-back" ref={back} aria-hidden="true" dangerouslySetInnerHTML={{ __html: `${coloured}\n` }} />
      )}
      <textarea
        class={coloured === undefined ? 'bare' : ''}
        value={text}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        aria-label={t.editor.label(props.path)}
        onInput={e => model.setFile(props.path, e.currentTarget.value)}
        onScroll={e => {
          if (!back.current) return
          back.current.scrollTop = e.currentTarget.scrollTop
          back.current.scrollLeft = e.currentTarget.scrollLeft
        }}
      />
    </div>
  )
}

function FullEditor(props: Props & { monaco: Monaco; caret: number | undefined }) {
  const { model, t } = useLab()
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const text = usePart(model.state, s => s.files[props.path] ?? '')
  const { monaco } = props.monaco
  const editor = useRef<ReturnType<typeof monaco.editor.create>>(undefined)
  const incoming = useRef(false)

  useEffect(() => {
    const made = monaco.editor.create(box.current!, {
      automaticLayout: true,
      minimap: { enabled: false },
      fixedOverflowWidgets: true,
      quickSuggestions: { other: true, comments: false, strings: true },
      tabSize: 2,
      fontSize: 13.5,
      lineHeight: 21,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      padding: { top: 8, bottom: 8 },
      lineNumbersMinChars: 3,
      folding: true,
      overviewRulerLanes: 0,
      stickyScroll: { enabled: false },
      smoothScrolling: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      ariaLabel: t.editor.label(props.path),
      accessibilitySupport: 'auto',
    })
    editor.current = made
    // Escape, then Tab leaves the editor.
    let escaped = false
    made.onKeyDown(event => {
      if (event.keyCode === monaco.KeyCode.Escape) escaped = true
      else if (event.keyCode === monaco.KeyCode.Tab && escaped) {
        event.stopPropagation()
        escaped = false
      } else if (event.keyCode !== monaco.KeyCode.Shift) escaped = false
    })
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => savingApplies() && latest.current.onApply())
    const markers = monaco.editor.onDidChangeMarkers(uris => {
      const uri = made.getModel()?.uri
      if (!uri || !uris.some(u => u.toString() === uri.toString())) return
      tellProblems(uri)
    })
    const recolour = (): void => props.monaco.useTheme()
    const dark = matchMedia('(prefers-color-scheme: dark)')
    document.documentElement.addEventListener('podlab:theme', recolour)
    dark.addEventListener('change', recolour)
    return () => {
      markers.dispose()
      made.dispose()
      document.documentElement.removeEventListener('podlab:theme', recolour)
      dark.removeEventListener('change', recolour)
    }
  }, [])

  function tellProblems(uri: ReturnType<typeof monaco.Uri.parse>): void {
    const found = monaco.editor
      .getModelMarkers({ resource: uri })
      .filter(m => m.severity >= monaco.MarkerSeverity.Warning)
    latest.current.onProblems(found.map(m => ({ line: m.startLineNumber, text: m.message })))
  }

  // One text model per file, so that each keeps its own undo history.
  useEffect(() => {
    const uri = monaco.Uri.parse(`file:///home/learner/${props.path}`)
    const known = monaco.editor.getModel(uri)
    const file = known ?? monaco.editor.createModel(text, undefined, uri)
    editor.current?.setModel(file)
    editor.current?.updateOptions({ ariaLabel: t.editor.label(props.path) })
    tellProblems(uri)
    if (props.caret !== undefined) {
      editor.current?.setPosition(file.getPositionAt(props.caret))
      editor.current?.focus()
    }
    const changes = file.onDidChangeContent(() => {
      if (!incoming.current) model.setFile(latest.current.path, file.getValue())
    })
    const stop = askServer(monaco, model, file)
    return () => {
      changes.dispose()
      stop()
    }
  }, [props.path])

  // Changed from elsewhere: a shell command, a reset. What was drawn may be older than what has been typed since, so
  // the text of this moment counts.
  useEffect(() => {
    const file = editor.current?.getModel()
    const now = model.state.get().files[props.path] ?? ''
    if (!file || file.getValue() === now) return
    incoming.current = true
    file.pushEditOperations([], [{ range: file.getFullModelRange(), text: now }], () => null)
    incoming.current = false
  }, [text, props.path])

  useEffect(() => {
    const go = (event: Event): void => {
      const { line } = (event as CustomEvent<{ line: number }>).detail
      editor.current?.revealLineInCenter(line)
      editor.current?.setPosition({ lineNumber: line, column: 1 })
      editor.current?.focus()
    }
    const element = box.current
    element?.addEventListener('podlab:line', go)
    return () => element?.removeEventListener('podlab:line', go)
  }, [])

  return <div class="full-editor" ref={box} />
}
