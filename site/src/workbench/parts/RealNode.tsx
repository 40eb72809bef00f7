/** Real Node instead of the simulation: asked for by the reader, who is told first what that means. */
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { Ask } from './Ask.tsx'

export function RealNode() {
  const { model, t } = useLab()
  const real = usePart(model.state, s => s.real)
  const ready = usePart(model.state, s => s.phase === 'ready')
  if (!model.offersReal) return null
  return (
    <button
      type="button"
      class="button small quiet"
      data-real={real}
      disabled={!ready || real === 'starting'}
      onClick={() =>
        real === 'on' ? void model.stopReal().catch(console.error) : model.state.set({ asking: { kind: 'real' } })
      }
    >
      {real === 'on' ? t.real.stop : t.real.start}
    </button>
  )
}

export function AskForRealNode(props: { onClose(): void }) {
  const { model, t } = useLab()
  return (
    <Ask
      label={t.real.start}
      yes={t.real.yes}
      onYes={() => void model.startReal().catch(console.error)}
      onClose={props.onClose}
    >
      {t.real.ask}
    </Ask>
  )
}
