/** A page that a real server serves, in a frame; looked at again each second when its reader wants to see it change. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { PageDialog } from './PageDialog.tsx'

const AGAIN_MS = 1000

export function RealPage(props: { port: number; address: string; onClose(): void }) {
  const { t } = useLab()
  const frame = useRef<HTMLIFrameElement>(null)
  const [path, setPath] = useState('/')
  const [watching, watch] = useState(false)
  const times = useRef(0)
  const load = (): void => {
    if (!frame.current) return
    const url = new URL(path, props.address)
    // A browser keeps a file with a date for a tenth of its age, and would show that of a server long gone.
    if (times.current++ > 0) url.searchParams.set('again', String(times.current))
    frame.current.src = url.href
  }
  useEffect(load, [props.address])
  useEffect(() => {
    const shown = frame.current
    if (!watching || !shown) return
    // A second after it has come: what takes longer than that to come would never be seen.
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      clearTimeout(timer)
      timer = setTimeout(load, AGAIN_MS)
    }
    soon()
    shown.addEventListener('load', soon)
    return () => {
      clearTimeout(timer)
      shown.removeEventListener('load', soon)
    }
  }, [watching, path, props.address])
  return (
    <PageDialog
      port={props.port}
      path={path}
      onPath={setPath}
      onGo={load}
      onClose={props.onClose}
      note={t.real.previewNote}
      more={
        <label class="preview-watch">
          <input type="checkbox" checked={watching} onChange={event => watch(event.currentTarget.checked)} />
          {t.real.watch}
        </label>
      }
    >
      <iframe
        ref={frame}
        title={t.terminal.previewLabel(props.port)}
        allow="cross-origin-isolated"
        sandbox="allow-scripts allow-same-origin allow-forms"
      />
    </PageDialog>
  )
}
