/** The cluster's events, newest first. */
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { age } from './pod-state.ts'

const SHOWN = 200

export function Events() {
  const { model, t } = useLab()
  const c = t.cluster
  const events = usePart(model.view, v => v.view.events)
  const now = usePart(model.state, s => s.now)
  if (events.length === 0) return <p class="picture-hint">{c.noEvents}</p>
  const head = c.eventColumns
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable with the keyboard.
    <section class="events" tabIndex={0} aria-label={c.events(events.length)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{head.age}</th>
            <th scope="col">{head.type}</th>
            <th scope="col">{head.reason}</th>
            <th scope="col">{head.object}</th>
            <th scope="col">{head.message}</th>
          </tr>
        </thead>
        <tbody>
          {events
            .slice(-SHOWN)
            .reverse()
            .map(e => (
              <tr key={e.metadata.uid} class={e.type === 'Warning' ? 'warning' : ''}>
                <td>{age(now - Date.parse(String(e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp)))}</td>
                <td>
                  <span aria-hidden="true">{e.type === 'Warning' ? '▲' : '·'}</span>{' '}
                  {e.type === 'Warning' ? c.warning : c.normal}
                </td>
                <td>{e.reason}</td>
                <td>
                  {e.involvedObject.kind?.toLowerCase()}/{e.involvedObject.name}
                </td>
                <td>
                  {e.message}
                  {(e.count ?? 1) > 1 ? ` (×${e.count})` : ''}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
