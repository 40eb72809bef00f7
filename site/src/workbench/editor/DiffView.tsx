/** Two texts side by side, or one in the other where there is no room, with what differs marked; for keys and screen readers too. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { loadMonaco } from './CodeEditor.tsx'

const SIDE_BY_SIDE = '(min-width: 60rem)'

export interface Side {
  label: string
  text: string
}

type Monaco = Awaited<ReturnType<typeof loadMonaco>>['monaco']

/** @returns how to take it away, and how to go from one difference to the next */
function show(monaco: Monaco, box: HTMLElement, before: Side, after: Side) {
  // Not under the names of files, or they would be checked like files.
  const original = monaco.editor.createModel(before.text, 'yaml')
  const modified = monaco.editor.createModel(after.text, 'yaml')
  const editor = monaco.editor.createDiffEditor(box, {
    readOnly: true,
    // Nothing can be taken back here; and its buttons outlive the editor, which they then look for in vain.
    renderGutterMenu: false,
    tabFocusMode: true,
    automaticLayout: true,
    minimap: { enabled: false },
    renderSideBySide: matchMedia(SIDE_BY_SIDE).matches,
    scrollBeyondLastLine: false,
    fontSize: 13.5,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    originalAriaLabel: before.label,
    modifiedAriaLabel: after.label,
    ignoreTrimWhitespace: false,
  })
  let compared = false
  let left = false
  const dispose = (): void => {
    editor.dispose()
    original.dispose()
    modified.dispose()
  }
  editor.onDidUpdateDiff(() => {
    compared = true
    if (left) dispose()
  })
  editor.setModel({ original, modified })
  return {
    go: (where: 'next' | 'previous') => editor.goToDiff(where),
    // While it is still comparing, the texts must not go away.
    stop() {
      left = true
      if (compared) dispose()
    },
  }
}

export function DiffView({ before, after }: { before: Side; after: Side }) {
  const { t } = useLab()
  const box = useRef<HTMLDivElement>(null)
  const shown = useRef<ReturnType<typeof show>>(undefined)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let here = true
    loadMonaco(t.editor.didYouMean).then(
      ({ monaco }) => {
        if (here && box.current) shown.current = show(monaco, box.current, before, after)
      },
      error => {
        console.error(error)
        if (here) setFailed(true)
      },
    )
    return () => {
      here = false
      shown.current?.stop()
      shown.current = undefined
    }
  }, [before.text, after.text])
  if (failed) return <p class="bad">{t.editor.editorFailed}</p>
  return (
    <>
      <p class="compare-heads">
        <span>{before.label}</span>
        <span>{after.label}</span>
      </p>
      <div class="compare" ref={box} />
      {before.text !== after.text && (
        <p class="compare-steps">
          <button type="button" class="button small quiet" onClick={() => shown.current?.go('previous')}>
            {t.editor.previousDifference}
          </button>
          <button type="button" class="button small quiet" onClick={() => shown.current?.go('next')}>
            {t.editor.nextDifference}
          </button>
          <small>{t.editor.differenceHelp}</small>
        </p>
      )}
    </>
  )
}
