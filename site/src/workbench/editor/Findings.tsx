/** The line below the editor: why a file is refused, or what is wrong with it and what it still has to be filled with. */
import { useLab } from '../context.ts'
import { PLAIN_ABOVE, sizeOf } from '../files.ts'
import { usePart } from '../store.ts'
import type { Problem, Readiness } from './CodeEditor.tsx'

export function Findings({
  problems,
  readiness,
  onGo,
}: {
  /** Absent while nobody has looked. */
  problems: readonly Problem[] | undefined
  readiness: Readiness
  onGo: (problem: Problem) => void
}) {
  const { model, t } = useLab()
  const e = t.editor
  const active = usePart(model.state, s => s.active)
  const refusal = usePart(model.state, s => s.refusal)
  const big = usePart(model.state, s => {
    const text = s.files[s.active ?? ''] ?? ''
    return text.length > PLAIN_ABOVE ? sizeOf(text) : undefined
  })
  if (refusal) return <span class="bad">{refusal}</span>
  if (big) return <span>{e.big(big)}</span>
  if (problems === undefined) {
    if (active === undefined || readiness === 'full') return <span />
    return <span>{readiness === 'failed' ? e.editorFailed : e.loadingEditor}</span>
  }
  const wrong = problems.filter(p => !p.blank)
  const blanks = problems.filter(p => p.blank)
  const first = wrong[0] ?? blanks[0]
  if (!first) return <span>✓ {e.problems(0)}</span>
  return (
    <button type="button" class={wrong.length > 0 ? 'link bad' : 'link'} onClick={() => onGo(first)}>
      {wrong.length > 0 ? `▲ ${e.problems(wrong.length)} · ` : '✎ '}
      {e.problemAt(first.line, first.text)}
      {first.blank && blanks.length > 1 && ` · ${e.blanks(blanks.length)}`}
    </button>
  )
}
