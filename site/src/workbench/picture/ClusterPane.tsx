/** The picture or the events, and a voice for what changes. */
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { Announcer } from './Announcer.tsx'
import { Events } from './Events.tsx'
import { Picture } from './Picture.tsx'

export function ClusterPane() {
  const { model, t } = useLab()
  const shown = usePart(model.state, s => s.shown)
  return (
    <section class="pane pane-cluster" aria-label={t.cluster.label}>
      <h2 class="visually-hidden">{t.cluster.label}</h2>
      <div class="pane-body">{shown === 'picture' ? <Picture /> : <Events />}</div>
      <Announcer />
    </section>
  )
}
