/** A question with yes and no. */
import type { ComponentChildren } from 'preact'
import { useLab } from '../context.ts'
import { Dialog } from './Dialog.tsx'

interface Props {
  label: string
  yes: string
  onYes(): void
  onClose(): void
  children: ComponentChildren
}

export function Ask({ label, yes, onYes, onClose, children }: Props) {
  const { t } = useLab()
  return (
    <Dialog label={label} onClose={onClose}>
      <p>{children}</p>
      <div class="ask-buttons">
        <button
          type="button"
          class="button"
          data-yes
          onClick={() => {
            onClose()
            onYes()
          }}
        >
          {yes}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {t.lab.cancel}
        </button>
      </div>
    </Dialog>
  )
}
