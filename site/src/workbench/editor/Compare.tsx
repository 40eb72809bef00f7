/** A file of the reader's beside that of the solution. */
import { useLab } from '../context.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { DiffView } from './DiffView.tsx'

export function Compare({ path, solution, onClose }: { path: string; solution: string; onClose(): void }) {
  const { model, t } = useLab()
  return (
    <Dialog label={t.prose.compare(path)} onClose={onClose} wide>
      <h2>{path}</h2>
      <DiffView
        before={{ label: t.editor.mine, text: model.state.get().files[path] ?? '' }}
        after={{ label: t.editor.solution, text: solution }}
      />
      <div class="ask-buttons">
        <button type="button" class="button" onClick={onClose}>
          {t.lab.close}
        </button>
      </div>
    </Dialog>
  )
}
