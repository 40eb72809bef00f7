/** The cluster's events, newest first. */
import { useLab } from '../context.ts'
import { timeOf } from '../moments.ts'
import { usePart } from '../store.ts'
import { age } from './pod-state.ts'

const SHOWN = 200
/** Effects of an event are seen a little later. */
const AFTERMATH_MS = 2000

export function Events() {
  const { model, t } = useLab()
  const c = t.cluster
  const events = usePart(model.view, v => v.view.events)
  const now = usePart(model.state, s => s.now)
  const repeatable = usePart(model.state, s => s.real !== 'on')
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
            {repeatable && (
              <th scope="col">
                <span class="visually-hidden">{t.time.rewind}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {events
            .slice(-SHOWN)
            .reverse()
            .map(e => (
              <tr key={e.metadata.uid} class={e.type === 'Warning' ? 'warning' : ''}>
                <td>{age(now - timeOf(e))}</td>
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
                {repeatable && (
                  <td>
                    <button
                      type="button"
                      class="icon small"
                      title={t.time.rewind}
                      aria-label={t.time.rewindTo(e.reason ?? '', e.involvedObject.name ?? '')}
                      onClick={() => void model.lookAt(timeOf(e) + AFTERMATH_MS).catch(console.error)}
                    >
                      <svg viewBox="0 0 20 20" aria-hidden="true">
                        <path d="M8 4v3.500h3a4.500 4.500 0 1 1-4.400 5.500h1.900a2.700 2.700 0 1 0 2.500-3.700H8V13L3 8.500Z" />
                      </svg>
                    </button>
                  </td>
                )}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
