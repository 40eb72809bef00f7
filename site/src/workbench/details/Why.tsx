/** Diagnoses of a Pod or its owner, by what scheduler, kubelet and API server have reported. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ClusterView, NodeAnswer, Workload } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import type { Finding } from '../why/case.ts'
import { findings } from '../why/findings.ts'
import { makerFindings } from '../why/makers.ts'
import { refusalText } from '../why/refusals.ts'

type Pod = ClusterView['pods'][number]

export function Why(props: { pod: Pod; view: ClusterView; pulling: boolean }) {
  const { model, t } = useLab()
  const now = usePart(model.state, s => s.now)
  return (
    <Reasons found={findings(props.pod, props.view, now, props.pulling, t.why)} now={now}>
      <ByNode pod={props.pod} view={props.view} />
    </Reasons>
  )
}

/** Why what makes Pods has not made them. */
export function WhyFewer(props: { workload: Workload; view: ClusterView }) {
  const { model, t } = useLab()
  const now = usePart(model.state, s => s.now)
  return <Reasons found={makerFindings(props.workload, props.view, t.why)} now={now} />
}

/** @param props.children what stands below a reason that the nodes have to explain */
function Reasons(props: { found: readonly Finding[]; now: number; children?: ComponentChildren }) {
  const { t } = useLab()
  if (props.found.length === 0) return null
  return (
    <section class="why" aria-label={t.why.heading}>
      <h4>{t.why.heading}</h4>
      <ol>
        {props.found.map((finding, i) => (
          <li key={i}>
            {finding.text} {finding.until !== undefined && <Skip finding={finding} now={props.now} />}
            {finding.nodes && props.children}
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
      {t.why.skip(t.why.span(left))}
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
