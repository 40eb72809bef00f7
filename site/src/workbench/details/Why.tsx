/** Why a Pod is not as one would like it, as scheduler and kubelet have seen it. */
import { useEffect, useState } from 'preact/hooks'
import type { ClusterView, NodeAnswer } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { age } from '../picture/pod-state.ts'
import { usePart } from '../store.ts'
import { type Finding, findings } from '../why/findings.ts'
import { refusalText } from '../why/refusals.ts'

type Pod = ClusterView['pods'][number]

export function Why(props: { pod: Pod; view: ClusterView; pulling: boolean }) {
  const { model, t } = useLab()
  const now = usePart(model.state, s => s.now)
  const found = findings(props.pod, props.view, now, props.pulling, t.why)
  if (found.length === 0) return null
  return (
    <section class="why" aria-label={t.why.heading}>
      <h4>{t.why.heading}</h4>
      <ol>
        {found.map((finding, i) => (
          <li key={i}>
            {finding.text} {finding.until !== undefined && <Skip finding={finding} now={now} />}
            {finding.nodes && <ByNode pod={props.pod} view={props.view} />}
            {finding.original && (
              <details open={!finding.nodes}>
                <summary>{t.why.original}</summary>
                <code lang="en">{finding.original}</code>
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Skip({ finding, now }: { finding: Finding; now: number }) {
  const { model, t } = useLab()
  const real = usePart(model.state, s => s.real === 'on')
  const left = (finding.until ?? now) - now
  // Real processes cannot be hurried.
  if (left <= 0 || real) return null
  return (
    <button type="button" class="button small quiet" onClick={() => void model.skip(left).catch(console.error)}>
      {t.why.skip(age(left))}
    </button>
  )
}

/** What each node says, asked anew whenever the scheduler has answered anew. */
function ByNode({ pod, view }: { pod: Pod; view: ClusterView }) {
  const { model, t } = useLab()
  const [answers, setAnswers] = useState<readonly NodeAnswer[]>()
  const { uid } = pod.metadata
  useEffect(() => {
    let here = true
    model
      .askNodes(uid)
      .then(said => here && setAnswers(said ?? []))
      .catch(console.error)
    return () => {
      here = false
    }
  }, [pod, view.nodes])
  if (!answers) return <p>{t.why.asking}</p>
  return (
    <table class="by-node">
      <caption class="visually-hidden">{t.why.nodes}</caption>
      <tbody>
        {answers.map(({ node: name, reasons }) => {
          const node = view.nodes.find(n => n.metadata.name === name)
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {reasons.length === 0 || !node
                  ? t.why.fits
                  : reasons.map(reason => refusalText(reason, pod, node, view, t.why)).join(t.why.and)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
