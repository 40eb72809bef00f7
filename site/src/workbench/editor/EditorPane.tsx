/** The files: one tab each, new, delete, Apply, and what is wrong with the one in front. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { CodeEditor, type Problem, type Readiness } from './CodeEditor.tsx'
import { FileDialogs, type FileQuestion } from './FileDialogs.tsx'
import { FileMenu } from './FileMenu.tsx'
import { FileTabs } from './FileTabs.tsx'
import { Findings } from './Findings.tsx'
import { takeFiles } from './NameFile.tsx'

export function EditorPane() {
  const { model, t } = useLab()
  const e = t.editor
  const paths = usePart(model.state, s => Object.keys(s.files).join('\n'))
    .split('\n')
    .filter(Boolean)
  const active = usePart(model.state, s => s.active)
  const edit = usePart(model.state, s => s.edit)
  const ready = usePart(model.state, s => s.phase === 'ready')
  const [problems, setProblems] = useState<Problem[]>()
  const [readiness, setReadiness] = useState<Readiness>('loading')
  const [question, setQuestion] = useState<FileQuestion>()
  const pane = useRef<HTMLElement>(null)
  // On a phone only two or three tabs have room.
  useEffect(
    () => pane.current?.querySelector('.file-tab[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' }),
    [active],
  )
  const apply = (): void => {
    if (!active || edit) return
    void model.apply(active).then(() => {
      // On a narrow screen the answer is behind another tab.
      if (!model.state.get().refusal) model.showTab('terminal')
    }, console.error)
  }
  const goTo = (problem: Problem): void => {
    const editor = pane.current?.querySelector('.full-editor')
    editor?.dispatchEvent(new CustomEvent('podlab:line', { detail: problem }))
  }
  const appliable = active !== undefined && /\.(ya?ml|json)$/.test(active)
  return (
    <section
      class="pane pane-editor"
      aria-label={t.lab.tabs.editor}
      ref={pane}
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void takeFiles(model, event.dataTransfer?.files).catch(console.error)
      }}
    >
      <header class="pane-head">
        <h2 class="visually-hidden">{t.lab.tabs.editor}</h2>
        <FileTabs paths={paths} active={active} onAdd={() => setQuestion('add')} />
        {active && !edit && (
          <FileMenu
            path={active}
            appliable={appliable}
            onRename={() => setQuestion('rename')}
            onRemove={() => setQuestion('remove')}
          />
        )}
        {appliable && !edit && (
          <button type="button" class="button small" disabled={!ready} title={e.applyTitle(active)} onClick={apply}>
            {e.apply}
          </button>
        )}
      </header>
      {edit && (
        <div class="edit-bar" role="alert">
          <span>{e.editing(edit.path)}</span>
          <button type="button" class="button small" onClick={() => model.finishEdit(true)}>
            {e.editDone}
          </button>
          <button type="button" class="button small quiet" onClick={() => model.finishEdit(false)}>
            {e.editCancel}
          </button>
        </div>
      )}
      <div class="pane-body">
        {active === undefined ? (
          <p class="picture-hint">{e.none}</p>
        ) : (
          <CodeEditor path={active} onProblems={setProblems} onReadiness={setReadiness} onApply={apply} />
        )}
      </div>
      <div class="pane-foot" role="status">
        <Findings problems={problems} readiness={readiness} onGo={goTo} />
        <span class="keys-help">{e.help}</span>
      </div>
      <FileDialogs question={question} paths={paths} active={active} onClose={() => setQuestion(undefined)} />
    </section>
  )
}
