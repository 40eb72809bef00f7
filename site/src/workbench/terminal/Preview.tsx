/** A preview of a forwarded port: the page as data, in a frame in which nothing runs. */
import { useEffect, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import type { Answers } from '../rpc.ts'
import { PageDialog } from './PageDialog.tsx'

export function Preview(props: { port: number; onClose(): void }) {
  const { model, t } = useLab()
  const [path, setPath] = useState('/')
  const [answer, setAnswer] = useState<Answers['preview']>()
  const load = (): void => {
    void model.preview(props.port, path.startsWith('/') ? path : `/${path}`).then(setAnswer, console.error)
  }
  useEffect(load, [props.port])
  return (
    <PageDialog
      port={props.port}
      path={path}
      onPath={setPath}
      onGo={load}
      onClose={props.onClose}
      note={t.terminal.previewNote}
    >
      <div role="status">{answer && <Answer answer={answer} port={props.port} />}</div>
    </PageDialog>
  )
}

function Answer({ answer, port }: { answer: Answers['preview']; port: number }) {
  const { t } = useLab()
  if (!answer.status) return <p>{t.terminal.previewFailed(answer.error)}</p>
  return (
    <>
      <p>
        <code>
          {answer.status} {answer.type}
        </code>
      </p>
      {!answer.body ? (
        <p>{t.terminal.previewEmpty}</p>
      ) : /html/.test(answer.type) ? (
        <iframe title={t.terminal.previewLabel(port)} sandbox="" srcdoc={answer.body} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
        <pre tabIndex={0}>{answer.body}</pre>
      )}
    </>
  )
}
