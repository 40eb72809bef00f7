/** A page that a real server serves, in a frame; looked at again each second when its reader wants to see it change. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { Dialog } from '../parts/Dialog.tsx'

const AGAIN_MS = 1000

export function RealPage(props: { port: number; address: string; onClose(): void }) {
  const { t } = useLab()
  const frame = useRef<HTMLIFrameElement>(null)
  const [path, setPath] = useState('/')
  const [watching, watch] = useState(false)
  const load = (): void => {
    if (frame.current) frame.current.src = new URL(path, props.address).href
  }
  useEffect(load, [props.address])
  useEffect(() => {
    if (!watching) return
    const timer = setInterval(load, AGAIN_MS)
    return () => clearInterval(timer)
  }, [watching, path, props.address])
  return (
    <Dialog label={t.terminal.previewLabel(props.port)} onClose={props.onClose}>
      <form
        class="preview"
        onSubmit={event => {
          event.preventDefault()
          load()
        }}
      >
        <h2>{t.terminal.previewLabel(props.port)}</h2>
        <p class="preview-address">
          <label>
            {t.terminal.previewPath}
            <input value={path} onInput={event => setPath(event.currentTarget.value)} spellcheck={false} />
          </label>
          <button type="submit">{t.terminal.previewGo}</button>
          <label class="preview-watch">
            <input type="checkbox" checked={watching} onChange={event => watch(event.currentTarget.checked)} />
            {t.real.watch}
          </label>
        </p>
        <iframe
          ref={frame}
          title={t.terminal.previewLabel(props.port)}
          allow="cross-origin-isolated"
          sandbox="allow-scripts allow-same-origin allow-forms"
        />
        <p class="preview-note">{t.real.previewNote}</p>
        <button type="button" onClick={props.onClose}>
          {t.lab.close}
        </button>
      </form>
    </Dialog>
  )
}
