/** The objects of a file as the cluster has them, beside what they would be after an apply. */
import { useEffect, useState } from 'preact/hooks'
import type { LiveComparison } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { useLab } from '../context.ts'
import { inShell } from '../files.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { DiffView } from './DiffView.tsx'

function verdict({ name, live, refused, brief }: LiveComparison, e: Words['editor']): string {
  if (refused) return e.live.refused(name)
  if (!live) return e.live.absent(name)
  return brief.before === brief.after ? e.live.same(name) : e.live.differs(name)
}

export function CompareLive({ path, onClose }: { path: string; onClose(): void }) {
  const { model, t } = useLab()
  const e = t.editor
  const [found, setFound] = useState<readonly LiveComparison[]>()
  const [failed, setFailed] = useState(false)
  const [whole, setWhole] = useState(false)
  useEffect(() => {
    let here = true
    model.compareLive(path).then(
      answer => here && setFound(answer),
      error => {
        console.error(error)
        if (here) setFailed(true)
      },
    )
    return () => {
      here = false
    }
  }, [])
  const text = (side: 'before' | 'after'): string =>
    (found ?? [])
      .map(it => (whole ? it.whole : it.brief)[side])
      .filter(Boolean)
      .join('---\n')
  return (
    <Dialog label={`${e.compare}: ${path}`} onClose={onClose} wide>
      <h2>
        {e.compare} <code>{path}</code>
      </h2>
      <div role="status">
        {failed ? (
          <p class="bad">{e.live.failed}</p>
        ) : !found ? (
          <p>{e.live.comparing}</p>
        ) : found.length === 0 ? (
          <p>{e.live.nothing}</p>
        ) : (
          <ul class="compare-said">
            {found.map((it, i) => (
              <li key={i}>{verdict(it, e)}</li>
            ))}
          </ul>
        )}
      </div>
      {found && found.length > 0 && (
        <>
          <label class="compare-whole">
            <input type="checkbox" checked={whole} onChange={event => setWhole(event.currentTarget.checked)} />
            {e.live.whole}
          </label>
          <DiffView
            before={{ label: e.live.now, text: text('before') }}
            after={{ label: e.live.after, text: text('after') }}
          />
        </>
      )}
      <div class="ask-buttons">
        <button type="button" class="button" onClick={onClose}>
          {t.lab.close}
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            onClose()
            model.showTab('terminal')
            void model.run(`kubectl diff -f ${inShell(path)}`, 0).catch(console.error)
          }}
        >
          {e.live.command}
        </button>
      </div>
    </Dialog>
  )
}
