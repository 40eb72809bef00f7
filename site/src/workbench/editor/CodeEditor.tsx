/** The file in front: a plain text area that is there at once, and Monaco in its place when it has loaded. */
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { highlight, languageOf } from '../../prose/highlight.ts'
import { useLab } from '../context.ts'
import { PLAIN_ABOVE } from '../files.ts'
import { usePart } from '../store.ts'
import { isBlank, markBlanks } from './blanks.ts'
import { createDrafts, type Drafts, difference } from './drafts.ts'
import { quiet } from './quiet.ts'
import { savingApplies } from './saving.ts'
import { askServer, SERVER } from './server-says.ts'

export interface Problem {
  line: number
  text: string
  /** Nothing is wrong; it only has to be filled in. */
  blank: boolean
}

type Monaco = typeof import('./monaco.ts')
let loading: Promise<Monaco> | undefined

/** Fetches the editor; its words in the page's language come first, or it would not know them. */
export function loadMonaco(didYouMean: (name: string) => string): Promise<Monaco> {
  loading ??= (async () => {
    if (document.documentElement.lang.startsWith('zh')) await import('monaco-editor/nls/lang/zh-cn')
    const monaco = await import('./monaco.ts')
    monaco.useTheme()
    void monaco.configureYaml(didYouMean).catch(console.error)
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

/** How long hands must rest before the full editor is fetched, which holds the page up, and before it comes. */
const REST_MS = 500
const PAUSE_MS = 300

/** Where the reader was in the plain editor. */
interface Place {
  path: string | undefined
  start: number
  end: number
  scroll: number
  focused: boolean
}

export function CodeEditor(props: Props) {
  const { model, t } = useLab()
  const [monaco, setMonaco] = useState<Monaco | 'failed'>()
  const big = usePart(model.state, s => (s.files[props.path]?.length ?? 0) > PLAIN_ABOVE)
  const ready = usePart(model.state, s => s.phase === 'ready')
  const box = useRef<HTMLTextAreaElement>(null)
  const place = useRef<Place>(undefined)
  const drafts = useRef<Drafts>(undefined)
  drafts.current ??= createDrafts()
  const plain = !monaco || monaco === 'failed' || big
  useEffect(() => props.onReadiness(monaco === 'failed' ? 'failed' : monaco ? 'full' : 'loading'), [monaco])

  // First the cluster, and whatever the reader does with it; then, once hands rest and somebody sees it, the full editor.
  useEffect(() => {
    const area = box.current
    if (!ready || !area) return
    let here = true
    async function come(): Promise<void> {
      try {
        await quiet(REST_MS)
        if (!here) return
        const full = await loadMonaco(t.editor.didYouMean)
        await quiet(PAUSE_MS)
        if (!here) return
        const { selectionStart: start, selectionEnd: end, scrollTop: scroll } = box.current ?? area!
        const focused = document.activeElement === box.current
        place.current = { path: model.state.get().active, start, end, scroll, focused }
        setMonaco(full)
      } catch (error) {
        console.error(error)
        if (here) setMonaco('failed')
      }
    }
    const observer = new IntersectionObserver(seen => {
      if (!seen.some(entry => entry.isIntersecting)) return
      observer.disconnect()
      void come()
    })
    observer.observe(area)
    return () => {
      here = false
      observer.disconnect()
    }
  }, [ready])
  return plain ? (
    <PlainEditor {...props} big={big} box={box} drafts={drafts.current} />
  ) : (
    <FullEditor {...props} monaco={monaco} place={place} drafts={drafts.current} />
  )
}

interface PlainProps extends Props {
  big: boolean
  box: RefObject<HTMLTextAreaElement | null>
  drafts: Drafts
}

function PlainEditor(props: PlainProps) {
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
        ref={props.box}
        class={coloured === undefined ? 'bare' : ''}
        value={text}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        aria-label={t.editor.label(props.path)}
        onInput={e => {
          const now = e.currentTarget.value
          if (!props.big) props.drafts.typed(props.path, text, now, e.timeStamp)
          model.setFile(props.path, now)
        }}
        onKeyDown={e => {
          if (e.key !== 's' || !(e.ctrlKey || e.metaKey) || e.shiftKey || e.altKey) return
          e.preventDefault()
          if (savingApplies()) props.onApply()
        }}
        onScroll={e => {
          if (!back.current) return
          back.current.scrollTop = e.currentTarget.scrollTop
          back.current.scrollLeft = e.currentTarget.scrollLeft
        }}
      />
    </div>
  )
}

function FullEditor(props: Props & { monaco: Monaco; place: RefObject<Place | undefined>; drafts: Drafts }) {
  const { model, t } = useLab()
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const text = usePart(model.state, s => s.files[props.path] ?? '')
  const { monaco } = props.monaco
  const editor = useRef<ReturnType<typeof monaco.editor.create>>(undefined)
  const incoming = useRef(false)

  // In one go with the plain editor's end, or a key pressed between the two would be lost.
  useLayoutEffect(() => {
    const made = monaco.editor.create(box.current!, {
      automaticLayout: true,
      minimap: { enabled: false },
      fixedOverflowWidgets: true,
      quickSuggestions: { other: true, comments: false, strings: true },
      // What the schema knows, or nothing: words that happen to stand in the file are no advice.
      wordBasedSuggestions: 'off',
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
      .filter(m => m.severity >= monaco.MarkerSeverity.Warning || isBlank(m))
      // What the schema says has its exact place; of a whole that it can't read, the server knows none.
      .sort((a, b) => Number(a.owner === SERVER) - Number(b.owner === SERVER))
    latest.current.onProblems(found.map(m => ({ line: m.startLineNumber, text: m.message, blank: isBlank(m) })))
  }

  // One text model per file, so that each keeps its own undo history.
  useLayoutEffect(() => {
    const uri = monaco.Uri.parse(`file:///home/learner/${props.path}`)
    const [first = text, ...later] = props.drafts.take(props.path)
    const known = monaco.editor.getModel(uri)
    const file = known ?? monaco.editor.createModel(first, undefined, uri)
    for (const next of [...later, text]) {
      const { from, to, text: put } = difference(file.getValue(), next)
      if (from === to && put === '') continue
      const range = monaco.Range.fromPositions(file.getPositionAt(from), file.getPositionAt(to))
      file.pushStackElement()
      file.pushEditOperations([], [{ range, text: put }], () => null)
    }
    file.pushStackElement()
    editor.current?.setModel(file)
    editor.current?.updateOptions({ ariaLabel: t.editor.label(props.path) })
    tellProblems(uri)
    const { current: place } = props.place
    props.place.current = undefined
    if (place?.path === props.path) {
      editor.current?.setSelection(
        monaco.Range.fromPositions(file.getPositionAt(place.start), file.getPositionAt(place.end)),
      )
      editor.current?.setScrollTop(place.scroll)
      if (place.focused) editor.current?.focus()
    }
    const changes = file.onDidChangeContent(() => {
      if (!incoming.current) model.setFile(latest.current.path, file.getValue())
    })
    const stops = [askServer(monaco, model, file), markBlanks(monaco, file, t.editor.fillIn)]
    return () => {
      changes.dispose()
      for (const stop of stops) stop()
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
