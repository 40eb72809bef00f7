/** After the exam: what was earned, what was missed and why, how it is done, and where it is taught. */
import { score } from '../../../sandbox/scenario/exam/exam.ts'
import { highlight } from '../prose/highlight.ts'
import { usePart } from '../workbench/store.ts'
import type { ExamProps } from './ExamApp.tsx'
import { Inline, Markdown } from './Markdown.tsx'
import { clockFace, type Sitting, timeLeft } from './sitting.ts'

export function Review({ state, deeds, facts, t: words, lang, sitting }: ExamProps & { sitting: Sitting }) {
  const t = words.exam
  const exam = usePart(state, s => s.exam!)
  const { points, of, percent, passed, tasks } = score(facts.source, exam.tasks, sitting.ended?.results ?? {})
  const used = facts.source.minutes * 60_000 - timeLeft(facts.source, sitting, sitting.ended?.on ?? 0)
  return (
    <>
      <section class="card exam-result" data-passed={passed ? '' : undefined}>
        <h2 class="card-title" tabIndex={-1} data-exam-result>
          {passed ? t.passed : t.notPassed} · {t.percent(percent)}
        </h2>
        <p>{t.result(points, of, facts.source.pass, clockFace(used))}</p>
        <p class="exam-tools">
          <button class="button" type="button" onClick={() => deeds.again()}>
            {t.another}
          </button>{' '}
          <button class="button quiet" type="button" onClick={() => deeds.again(exam.seed)}>
            {t.sameAgain}
          </button>{' '}
          <button class="button quiet" type="button" onClick={deeds.look}>
            {t.look}
          </button>
        </p>
        <p class="exam-seed">{t.seed(exam.seed)}</p>
      </section>
      {exam.tasks.map((task, i) => {
        const mine = tasks[i]!
        const { title, body, checks } = task.prose[lang]
        const lesson = facts.lessons[task.lesson]!
        const id = `task-${i + 1}`
        return (
          <section class="card exam-task" id={id} key={task.id} aria-labelledby={`${id}-title`}>
            <h2 class="card-title" id={`${id}-title`}>
              <span class="card-kind">{t.earned(i + 1, mine.points, mine.of)}</span>
              {title}
            </h2>
            <Markdown text={body} />
            <ul class="exam-checks">
              {task.checks.map(check => {
                const missed = mine.missed.includes(check.id)
                return (
                  <li key={check.id} data-outcome={missed ? 'failed' : 'passed'}>
                    <div>
                      <p>
                        <span class="exam-mark" aria-hidden="true">
                          {missed ? '✗' : '✓'}
                        </span>{' '}
                        <Inline text={checks[check.id]!.is} />
                        <span class="visually-hidden"> {missed ? t.missed : t.got}</span>
                      </p>
                      {missed && (
                        <p class="exam-why">
                          <Inline text={checks[check.id]!.missed} />
                        </p>
                      )}
                    </div>
                    <span class="exam-points">{t.points(check.points)}</span>
                  </li>
                )
              })}
            </ul>
            <p>
              {t.taught} <a href={lesson.path}>{lesson.title}</a>
            </p>
            <details class="solution">
              <summary>{words.prose.solution}</summary>
              <pre class="code exam-solution">
                {/* Coloured by our own function, which escapes what it is given. */}
                <code dangerouslySetInnerHTML={{ __html: highlight(task.solution.trim(), 'sh') }} />
              </pre>
            </details>
          </section>
        )
      })}
    </>
  )
}
