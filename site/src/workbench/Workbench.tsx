/** The workbench: time and notices above, then the cluster, the editor and the terminal, one over the other. */
import { useRef, useState } from 'preact/hooks'
import { useLab } from './context.ts'
import { EditorPane } from './editor/EditorPane.tsx'
import { Dialog } from './parts/Dialog.tsx'
import { Splitter } from './parts/Splitter.tsx'
import { TimeBar } from './parts/TimeBar.tsx'
import { ClusterPane } from './picture/ClusterPane.tsx'
import { ClusterSwitch } from './picture/ClusterSwitch.tsx'
import { ChosenPod } from './picture/PodDetails.tsx'
import { usePart } from './store.ts'
import { TerminalPane } from './terminal/TerminalPane.tsx'

const SMALLEST = 14

export function Workbench() {
  const { model, t } = useLab()
  const panes = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(35)
  const [second, setSecond] = useState(70)
  const [asking, setAsking] = useState(false)
  const phase = usePart(model.state, s => s.phase)
  const notices = usePart(model.state, s => s.notices)
  const tabs = t.lab.tabs
  return (
    <div class="workbench" data-phase={phase}>
      {/* On a narrow screen the lesson, and its title with it, is behind another tab. */}
      <h1 class="visually-hidden title-of-narrow">{document.querySelector('.bench-prose h1')?.textContent}</h1>
      <header class="lab-bar">
        <TimeBar />
        <ClusterSwitch />
        <span class="lab-phase" role="status">
          {phase === 'starting' ? t.lab.starting : phase === 'restoring' ? t.keep.restoring : ''}
        </span>
        <button type="button" class="button small quiet" onClick={() => setAsking(true)}>
          {t.lab.reset}
        </button>
      </header>
      <div class="notices" role="status">
        {notices.map(kind => (
          <div key={kind} class={`notice notice-${kind}`}>
            <span>{kind === 'nothingNext' || kind === 'rewound' ? t.time[kind] : t.keep[kind]}</span>
            {kind === 'rewound' && (
              <button type="button" class="button small" onClick={() => void model.forward().catch(console.error)}>
                {t.time.forward}
              </button>
            )}
            {kind === 'elsewhere' && (
              <button type="button" class="button small" onClick={() => model.takeOver()}>
                {t.keep.takeOver}
              </button>
            )}
            <button
              type="button"
              class="icon"
              aria-label={t.lab.close}
              title={t.lab.close}
              onClick={() => model.dismiss(kind)}
            >
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <path d="m5 6 1-1 4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4Z" />
              </svg>
            </button>
          </div>
        ))}
      </div>
      <div
        class="panes"
        ref={panes}
        // Fractions, so that the bars' own height is taken from all alike.
        style={{
          gridTemplateRows: `minmax(0,${first}fr) 9px minmax(0,${second - first}fr) 9px minmax(0,${100 - second}fr)`,
        }}
      >
        <ClusterPane />
        <ChosenPod />
        <Splitter
          name="cluster"
          label={`${t.lab.split(tabs.cluster, tabs.editor)}. ${t.lab.splitHelp}`}
          initial={35}
          min={SMALLEST}
          max={second - SMALLEST}
          onMove={setFirst}
        />
        <EditorPane />
        <Splitter
          name="terminal"
          label={`${t.lab.split(tabs.editor, tabs.terminal)}. ${t.lab.splitHelp}`}
          initial={70}
          min={first + SMALLEST}
          max={100 - SMALLEST}
          onMove={setSecond}
        />
        <TerminalPane />
      </div>
      {asking && (
        <Dialog label={t.lab.reset} onClose={() => setAsking(false)}>
          <p>{t.lab.resetAsk}</p>
          <div class="ask-buttons">
            <button
              type="button"
              class="button"
              data-reset-yes
              onClick={() => {
                setAsking(false)
                void model.reset().catch(console.error)
              }}
            >
              {t.lab.resetYes}
            </button>
            <button type="button" class="button quiet" onClick={() => setAsking(false)}>
              {t.lab.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
