/** The dialog of a port's page, with a path to go to; what the page is shown in is its caller's. */
import type { ComponentChildren } from 'preact'
import { useLab } from '../context.ts'
import { Dialog } from '../parts/Dialog.tsx'

export function PageDialog(props: {
  port: number
  path: string
  onPath(path: string): void
  onGo(): void
  onClose(): void
  note: string
  /** Beside the path. */
  more?: ComponentChildren
  children: ComponentChildren
}) {
  const { t } = useLab()
  const label = t.terminal.previewLabel(props.port)
  return (
    <Dialog label={label} onClose={props.onClose}>
      <form
        class="preview"
        onSubmit={event => {
          event.preventDefault()
          props.onGo()
        }}
      >
        <h2>{label}</h2>
        <p class="preview-address">
          <label>
            {t.terminal.previewPath}
            <input value={props.path} onInput={event => props.onPath(event.currentTarget.value)} spellcheck={false} />
          </label>
          <button type="submit" class="button small">
            {t.terminal.previewGo}
          </button>
          {props.more}
        </p>
        {props.children}
        <p class="preview-note">{props.note}</p>
        <button type="button" class="button small quiet" onClick={props.onClose}>
          {t.lab.close}
        </button>
      </form>
    </Dialog>
  )
}
