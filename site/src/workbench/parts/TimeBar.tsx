/** Pause, play, the next event, faster: the learner is the master of time. */
import { useLab } from '../context.ts'
import { age } from '../picture/pod-state.ts'
import { usePart } from '../store.ts'

const speeds = [1, 2, 5, 10, 30, 100]

export function TimeBar() {
  const { model, t } = useLab()
  const paused = usePart(model.state, s => s.paused)
  const speed = usePart(model.state, s => s.speed)
  const elapsed = usePart(model.state, s => Math.max(0, Math.floor((s.now - s.began) / 1000)))
  const ready = usePart(model.state, s => s.phase === 'ready')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of controls, not a form's fieldset.
    <div class="time" role="group" aria-label={t.time.label}>
      <button
        type="button"
        class="icon"
        data-time="back"
        disabled={!ready}
        aria-label={t.time.back}
        title={t.time.back}
        onClick={() => void model.stepBack().catch(console.error)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M16 4v12l-9-6ZM6 4H3.500v12H6Z" />
        </svg>
      </button>
      <button
        type="button"
        class="icon"
        data-time="pause"
        disabled={!ready}
        aria-label={paused ? t.time.play : t.time.pause}
        title={paused ? t.time.play : t.time.pause}
        onClick={() => model.setPaused(!paused)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          {paused ? <path d="M6 4v12l10-6Z" /> : <path d="M5 4h3.500v12H5ZM11.500 4H15v12h-3.500Z" />}
        </svg>
      </button>
      <button
        type="button"
        class="icon"
        data-time="step"
        disabled={!ready}
        aria-label={t.time.step}
        title={t.time.step}
        onClick={() => void model.step().catch(console.error)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M4 4v12l9-6ZM14 4h2.500v12H14Z" />
        </svg>
      </button>
      <label class="speed">
        <span class="visually-hidden">{t.time.speed}</span>
        <select value={String(speed)} disabled={!ready} onChange={e => model.setSpeed(Number(e.currentTarget.value))}>
          {speeds.map(n => (
            <option key={n} value={String(n)} aria-label={t.time.speedOf(n)}>
              {n}×
            </option>
          ))}
        </select>
      </label>
      <span class="clock" title={t.time.elapsed(age(elapsed * 1000))}>
        <span class="visually-hidden">{t.time.elapsed('')}</span>
        {age(elapsed * 1000)}
      </span>
    </div>
  )
}
