/** A tab for each file, and what makes a new one. */
import { useLab } from '../context.ts'

export function FileTabs({
  paths,
  active,
  onAdd,
}: {
  paths: readonly string[]
  active: string | undefined
  onAdd: () => void
}) {
  const { model, t } = useLab()
  const e = t.editor
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a form's fieldset.
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
      <button type="button" class="icon" aria-label={e.add} title={e.add} onClick={onAdd}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M9 4h2v5h5v2h-5v5H9v-5H4V9h5Z" />
        </svg>
      </button>
    </div>
  )
}
