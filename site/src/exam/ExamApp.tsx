/** The exam's page: before, while it goes on, during a pause, and afterwards. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ExamFacts } from '../course/exam.ts'
import type { Lang, Words } from '../words/words.ts'
import { type Store, usePart } from '../workbench/store.ts'
import { Markdown } from './Markdown.tsx'
import type { ExamDeeds, ExamState } from './page.tsx'
import { Review } from './Review.tsx'
import { clockFace, mayPause, restLeft, seedIn, timeLeft, told } from './sitting.ts'

export interface ExamProps {
  state: Store<ExamState>
  deeds: ExamDeeds
  facts: ExamFacts
  t: Words
  lang: Lang
}

export function ExamApp(props: ExamProps) {
  const now = usePart(props.state, s => s)
  const t = props.t.exam
  return (
    <>
      {now.failed && (
        <p class="exam-failure" role="alert">
          {t.failed}
        </p>
      )}
      {!now.sitting ? (
        <Before {...props} />
      ) : now.sitting.ended ? (
        <Review {...props} sitting={now.sitting} />
      ) : now.sitting.pausedOn !== undefined ? (
        <Pause {...props} />
      ) : (
        <During {...props} />
      )}
    </>
  )
}

const dateOf = (ms: number, lang: Lang): string =>
  new Date(ms).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })

function Before({ state, deeds, t: words, lang }: ExamProps) {
  const t = words.exam
  const past = usePart(state, s => s.past)
  const seed = seedIn(location.search)
  return (
    <>
      {seed && <p>{t.given(seed)}</p>}
      <p>
        <button class="button" type="button" data-exam-begin onClick={deeds.begin}>
          {t.begin}
        </button>
      </p>
      {past.length > 0 && (
        <section class="exam-past">
          <h2>{t.past}</h2>
          <ul>
            {past.map(p => (
              <li key={p.on}>
                {dateOf(p.on, lang)} · {t.percent(p.percent)} · {p.passed ? t.passed : t.notPassed} ·{' '}
                <a href={`?seed=${p.seed}`}>{t.same}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Pause({ state, deeds, facts, t: words }: ExamProps) {
  const t = words.exam
  const sitting = usePart(state, s => s.sitting!)
  const now = usePart(state, s => s.now)
  return (
    <section class="exam-pause">
      <h2 tabIndex={-1} ref={focused}>
        {t.paused}
      </h2>
      <p>{t.pausedWhy}</p>
      <p class="exam-clock" role="timer" aria-live="off">
        {clockFace(restLeft(facts.source, sitting, now))}
      </p>
      <p>
        <button class="button" type="button" onClick={deeds.resume}>
          {t.resume}
        </button>
      </p>
    </section>
  )
}

/** Moves the focus to what has replaced the focused element, for keyboard and screen reader. */
const focused = (element: HTMLElement | null): void => element?.focus()

function During(props: ExamProps) {
  const { state, deeds, t: words, lang } = props
  const t = words.exam
  const exam = usePart(state, s => s.exam!)
  const ticked = usePart(state, s => s.sitting!.ticked)
  return (
    <>
      <Bar {...props} />
      <p class="exam-seed">{t.seed(exam.seed)}</p>
      {exam.tasks.map((task, i) => {
        const { title, body, checks } = task.prose[lang]
        const id = `task-${i + 1}`
        return (
          <section class="card exam-task" id={id} key={task.id} aria-labelledby={`${id}-title`}>
            <h2 class="card-title" id={`${id}-title`}>
              <span class="card-kind">
                {t.task(
                  i + 1,
                  task.checks.reduce((n, c) => n + c.points, 0),
                )}
              </span>
              {title}
            </h2>
            <p class="exam-context">
              {t.context} <code>{`kubectl config use-context ${task.namespace}`}</code>
            </p>
            <Markdown text={body} />
            <p class="checks-label" id={`${id}-checks`}>
              {t.marked}
            </p>
            <ul class="exam-checks" aria-labelledby={`${id}-checks`}>
              {task.checks.map(check => (
                <li key={check.id}>
                  <Markdown text={checks[check.id]!.is} />
                  <span class="exam-points">{t.points(check.points)}</span>
                </li>
              ))}
            </ul>
            <label class="exam-tick">
              <input
                type="checkbox"
                checked={ticked.includes(task.id)}
                onChange={event => deeds.tick(task.id, event.currentTarget.checked)}
              />{' '}
              {t.done}
            </label>
          </section>
        )
      })}
      <HandIn {...props} />
    </>
  )
}

function Bar({ state, deeds, facts, t: words }: ExamProps) {
  const t = words.exam
  const sitting = usePart(state, s => s.sitting!)
  const now = usePart(state, s => s.now)
  const tasks = usePart(state, s => s.exam!.tasks.length)
  const left = timeLeft(facts.source, sitting, now)
  const before = useRef(left)
  const [said, say] = useState('')
  useEffect(() => {
    const minutes = told(before.current, left)
    before.current = left
    if (minutes !== undefined) say(t.left(minutes))
  }, [left])
  return (
    <section class="exam-bar" aria-label={t.bar}>
      <span class="exam-clock" role="timer" aria-live="off" data-late={left < 5 * 60_000 ? '' : undefined}>
        <span class="visually-hidden">{t.timeLeft}</span>
        {clockFace(left)}
      </span>
      <span class="visually-hidden" role="status">
        {said}
      </span>
      <span class="exam-count">{t.ticked(sitting.ticked.length, tasks)}</span>
      {mayPause(facts.source, sitting) && (
        <button class="button small quiet" type="button" onClick={deeds.pause}>
          {t.pause}
        </button>
      )}
      <a class="button small" href="#hand-in">
        {t.toEnd}
      </a>
    </section>
  )
}

function HandIn({ state, deeds, t: words }: ExamProps) {
  const t = words.exam
  const marking = usePart(state, s => s.marking)
  const tasks = usePart(state, s => s.exam!.tasks.length)
  const open = usePart(state, s => s.exam!.tasks.length - s.sitting!.ticked.length)
  const [asking, ask] = useState(false)
  return (
    <section class="exam-hand-in" id="hand-in" aria-labelledby="hand-in-title">
      <h2 id="hand-in-title">{t.handIn}</h2>
      <p>{t.handInWhy}</p>
      <p role="status">
        {marking !== undefined ? t.marking(marking, tasks) : asking && open > 0 ? t.unticked(open) : ''}
      </p>
      {marking === undefined && (
        <p>
          {asking ? (
            <>
              <button class="button" type="button" data-exam-hand-in ref={focused} onClick={deeds.handIn}>
                {t.handInYes}
              </button>{' '}
              <button class="button quiet" type="button" onClick={() => ask(false)}>
                {t.handInNo}
              </button>
            </>
          ) : (
            <button class="button" type="button" data-exam-ask onClick={() => ask(true)}>
              {t.handIn}
            </button>
          )}
        </p>
      )}
    </section>
  )
}
