/** A file of the reader's beside that of the solution, with what differs marked. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { loadMonaco } from './CodeEditor.tsx'

const SIDE_BY_SIDE = '(min-width: 60rem)'

export function Compare({ path, solution, onClose }: { path: string; solution: string; onClose(): void }) {
  const { model, t } = useLab()
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let stop: (() => void) | undefined
    let here = true
    loadMonaco(t.editor.didYouMean).then(
      ({ monaco }) => {
        if (!here || !box.current) return
        // Not under the names of files, or they would be checked like files.
        const mine = monaco.editor.createModel(model.state.get().files[path] ?? '', 'yaml')
        const theirs = monaco.editor.createModel(solution, 'yaml')
        const editor = monaco.editor.createDiffEditor(box.current, {
          readOnly: true,
          automaticLayout: true,
          minimap: { enabled: false },
          renderSideBySide: matchMedia(SIDE_BY_SIDE).matches,
          scrollBeyondLastLine: false,
          fontSize: 13.5,
          fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
          originalAriaLabel: t.editor.mine,
          modifiedAriaLabel: t.editor.solution,
          ignoreTrimWhitespace: false,
        })
        const dispose = (): void => {
          editor.dispose()
          mine.dispose()
          theirs.dispose()
        }
        let compared = false
        let left = false
        editor.onDidUpdateDiff(() => {
          compared = true
          if (left) dispose()
        })
        editor.setModel({ original: mine, modified: theirs })
        // While it is still comparing, the texts must not go away.
        stop = () => {
          left = true
          if (compared) dispose()
        }
      },
      error => {
        console.error(error)
        if (here) setFailed(true)
      },
    )
    return () => {
      here = false
      stop?.()
    }
  }, [])
  return (
    <Dialog label={t.prose.compare(path)} onClose={onClose} wide>
      <h2>{path}</h2>
      <p class="compare-heads">
        <span>{t.editor.mine}</span>
        <span>{t.editor.solution}</span>
      </p>
      {failed ? <p class="bad">{t.editor.editorFailed}</p> : <div class="compare" ref={box} />}
      <div class="ask-buttons">
        <button type="button" class="button" onClick={onClose}>
          {t.lab.close}
        </button>
      </div>
    </Dialog>
  )
}
