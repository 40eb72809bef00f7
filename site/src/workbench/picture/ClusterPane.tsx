/** The picture and the events, one at a time. */
import { useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { Announcer } from './Announcer.tsx'
import { Events } from './Events.tsx'
import { Picture } from './Picture.tsx'

export function ClusterPane() {
  const { model, t } = useLab()
  const [shown, setShown] = useState<'picture' | 'events'>('picture')
  const count = usePart(model.view, v => v.view.events.length)
  const warnings = usePart(model.view, v => v.view.events.filter(e => e.type === 'Warning').length)
  return (
    <section class="pane pane-cluster" aria-label={t.cluster.label}>
      <header class="pane-head">
        <h2>{t.cluster.label}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons, not a form's fieldset. */}
        <div class="switch" role="group" aria-label={t.cluster.label}>
          <button type="button" aria-pressed={shown === 'picture'} onClick={() => setShown('picture')}>
            {t.cluster.picture}
          </button>
          <button type="button" aria-pressed={shown === 'events'} onClick={() => setShown('events')}>
            {t.cluster.events(count)}
            {warnings > 0 && (
              <span class="warn-dot" aria-hidden="true">
                {' '}
                ▲{warnings}
              </span>
            )}
          </button>
        </div>
      </header>
      <div class="pane-body">{shown === 'picture' ? <Picture /> : <Events />}</div>
      <Announcer />
    </section>
  )
}
