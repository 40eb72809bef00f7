/** The switch between the picture of the cluster and its events. */
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { isWarning } from '../warnings.ts'

export function ClusterSwitch() {
  const { model, t } = useLab()
  const shown = usePart(model.state, s => s.shown)
  const count = usePart(model.view, v => v.view.events.length)
  const warnings = usePart(model.view, v => v.view.events.filter(isWarning).length)
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons, not a form's fieldset.
    <div class="switch" role="group" aria-label={t.cluster.label}>
      <button type="button" aria-pressed={shown === 'picture'} onClick={() => model.state.set({ shown: 'picture' })}>
        {t.cluster.picture}
      </button>
      <button type="button" aria-pressed={shown === 'events'} onClick={() => model.state.set({ shown: 'events' })}>
        {t.cluster.events(count)}
        {warnings > 0 && (
          <span class="warn-dot" aria-hidden="true">
            {' '}
            ▲{warnings}
          </span>
        )}
      </button>
    </div>
  )
}
