/** The menu of the open file: rename, compare with the cluster, save on this machine, delete; and whether Ctrl-S applies. */
import { useRef, useState } from 'preact/hooks'
import { saveAs } from '../../page/export.ts'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { savingApplies, setSavingApplies } from './saving.ts'

interface Props {
  path: string
  appliable: boolean
  onRename(): void
  onRemove(): void
}

export function FileMenu({ path, appliable, onRename, onRemove }: Props) {
  const { model, t } = useLab()
  const e = t.editor
  const ready = usePart(model.state, s => s.phase === 'ready')
  const box = useRef<HTMLDetailsElement>(null)
  const [applies, setApplies] = useState(savingApplies)
  const close = (): void => {
    if (!box.current?.open) return
    box.current.open = false
    box.current.querySelector('summary')?.focus()
  }
  const item = (label: string, act: () => void, danger = false) => (
    <button
      type="button"
      class={danger ? 'danger' : ''}
      onClick={() => {
        close()
        act()
      }}
    >
      {label}
    </button>
  )
  return (
    <details
      class="menu"
      ref={box}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
      onFocusOut={event => {
        const to = event.relatedTarget
        if (to instanceof Node && !event.currentTarget.contains(to)) event.currentTarget.open = false
      }}
    >
      <summary class="icon" aria-label={e.menu(path)} title={e.menu(path)}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="4.500" cy="10" r="1.700" />
          <circle cx="10" cy="10" r="1.700" />
          <circle cx="15.500" cy="10" r="1.700" />
        </svg>
      </summary>
      <div class="menu-items">
        {item(e.rename, onRename)}
        {appliable && ready && item(e.compare, () => model.state.set({ asking: { kind: 'compareLive', path } }))}
        {item(e.download, () =>
          saveAs(path.split('/').at(-1) ?? path, model.state.get().files[path] ?? '', 'text/plain'),
        )}
        {item(`${e.remove}`, onRemove, true)}
        <label>
          <input
            type="checkbox"
            checked={applies}
            onChange={event => {
              setSavingApplies(event.currentTarget.checked)
              setApplies(event.currentTarget.checked)
            }}
          />{' '}
          {e.saveApplies}
        </label>
      </div>
    </details>
  )
}
