/** Submissions and their grades, as staff and learners both see them. */
import { html } from 'hono/html'
import type { Grade } from '../../domain/grades.ts'
import { exerciseTitle } from '../../domain/lessons.ts'
import type { Submission } from '../../domain/work.ts'
import type { Refusal } from '../../verify/submission.ts'
import { type Lang, words } from '../../words/words.ts'
import type { Classroom } from '../context.ts'
import { type Markup, table, when } from './frame.ts'
import { titleOf } from './in-class.ts'

export const gradeCell = (lang: Lang, { score, passed, of, late }: Grade): Markup => {
  const w = words[lang].grades
  return html`${Math.round(score * 100)} % <small>${w.cell(passed, of)}${late ? ` · ${w.late}` : ''}</small>`
}

/** @param more of one of them, for who may see more; there is nothing more of what was no session */
export function handedIn(
  room: Classroom,
  lang: Lang,
  submissions: readonly Submission[],
  zone: string,
  more?: (submission: Submission) => Markup | '',
): Markup {
  const w = words[lang]
  if (submissions.length === 0) return html`<p>${w.learner.none}</p>`
  const noSession = (s: Submission): boolean => s.refusal === 'malformed' || s.refusal === 'impossible'
  return table(
    [w.learner.exercise, w.board.state, w.log.at, ...(more ? [w.learner.session] : [])],
    submissions.toReversed().map(
      s => html`<tr><th scope="row">${titleOf(room, lang, s.lesson)} · ${exerciseTitle(room.lessons, lang, s.lesson, s.exercise)}</th>
<td><b class="state-${s.state}">${w.learner.states[s.state]}</b>${s.refusal ? html` <small>${w.refusals[s.refusal as Refusal] ?? s.refusal}</small>` : ''}</td>
<td>${when(s.at, lang, zone)}</td>${more ? html`<td>${noSession(s) ? '' : more(s)}</td>` : ''}</tr>`,
    ),
  )
}
