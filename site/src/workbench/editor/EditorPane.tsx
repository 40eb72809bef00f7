/** The files: one tab each, new, delete, Apply, and what is wrong with the one in front. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { PLAIN_ABOVE, sizeOf } from '../files.ts'
import { Ask } from '../parts/Ask.tsx'
import { usePart } from '../store.ts'
import { CodeEditor, type Problem, type Readiness } from './CodeEditor.tsx'
import { FileMenu } from './FileMenu.tsx'
import { NameFile, takeFiles, UploadFiles } from './NameFile.tsx'

export function EditorPane() {
  const { model, t } = useLab()
  const e = t.editor
  const paths = usePart(model.state, s => Object.keys(s.files).join('\n'))
    .split('\n')
    .filter(Boolean)
  const active = usePart(model.state, s => s.active)
  const edit = usePart(model.state, s => s.edit)
  const refusal = usePart(model.state, s => s.refusal)
  const ready = usePart(model.state, s => s.phase === 'ready')
  const big = usePart(model.state, s => {
    const text = s.files[s.active ?? ''] ?? ''
    return text.length > PLAIN_ABOVE ? sizeOf(text) : undefined
  })
  const [problems, setProblems] = useState<Problem[]>()
  const [readiness, setReadiness] = useState<Readiness>('loading')
  const [asking, setAsking] = useState<'add' | 'rename' | 'remove'>()
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
  const wrong = problems?.filter(p => !p.blank) ?? []
  const blanks = problems?.filter(p => p.blank) ?? []
  const first = wrong[0] ?? blanks[0]
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
        {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a form's fieldset. */}
        <div class="files" role="group" aria-label={e.files}>
          {paths.map(path => (
            <button
              key={path}
              type="button"
              class="file-tab"
              aria-pressed={path === active}
              onClick={() => model.show(path)}
            >
              {path}
            </button>
          ))}
          <button type="button" class="icon" aria-label={e.add} title={e.add} onClick={() => setAsking('add')}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M9 4h2v5h5v2h-5v5H9v-5H4V9h5Z" />
            </svg>
          </button>
        </div>
        {active && !edit && (
          <FileMenu
            path={active}
            appliable={appliable}
            onRename={() => setAsking('rename')}
            onRemove={() => setAsking('remove')}
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
        {refusal ? (
          <span class="bad">{refusal}</span>
        ) : big ? (
          <span>{e.big(big)}</span>
        ) : problems === undefined ? (
          <span>
            {active === undefined || readiness === 'full'
              ? ''
              : readiness === 'failed'
                ? e.editorFailed
                : e.loadingEditor}
          </span>
        ) : first ? (
          <button
            type="button"
            class={wrong.length > 0 ? 'link bad' : 'link'}
            onClick={() =>
              pane.current
                ?.querySelector('.full-editor')
                ?.dispatchEvent(new CustomEvent('podlab:line', { detail: first }))
            }
          >
            {wrong.length > 0 ? `▲ ${e.problems(wrong.length)} · ` : '✎ '}
            {e.problemAt(first.line, first.text)}
            {first.blank && blanks.length > 1 && ` · ${e.blanks(blanks.length)}`}
          </button>
        ) : (
          <span>✓ {e.problems(0)}</span>
        )}
        <span class="keys-help">{e.help}</span>
      </div>
      {asking === 'add' && (
        <NameFile
          label={e.add}
          initial="pod.yaml"
          yes={e.create}
          taken={paths}
          onName={name => {
            model.setFile(name, '')
            model.show(name)
          }}
          onClose={() => setAsking(undefined)}
        >
          <UploadFiles onClose={() => setAsking(undefined)} />
        </NameFile>
      )}
      {asking === 'rename' && active && (
        <NameFile
          label={e.rename}
          initial={active}
          yes={e.rename}
          taken={paths.filter(path => path !== active)}
          onName={name => model.renameFile(active, name)}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'remove' && active && (
        <Ask
          label={e.remove}
          yes={e.delete}
          onYes={() => model.removeFile(active)}
          onClose={() => setAsking(undefined)}
        >
          {e.removeAsk(active)}
        </Ask>
      )}
    </section>
  )
}
