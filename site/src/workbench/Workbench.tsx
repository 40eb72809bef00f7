/** The workbench: time and notices above, then the cluster, the editor and the terminal, one over the other. */
import { useRef, useState } from 'preact/hooks'
import { useLab } from './context.ts'
import { Details } from './details/Details.tsx'
import { Compare } from './editor/Compare.tsx'
import { CompareLive } from './editor/CompareLive.tsx'
import { EditorPane } from './editor/EditorPane.tsx'
import { Notices } from './Notices.tsx'
import { Ask } from './parts/Ask.tsx'
import { AskForRealNode, RealNode } from './parts/RealNode.tsx'
import { Share } from './parts/Share.tsx'
import { Splitter } from './parts/Splitter.tsx'
import { TimeBar } from './parts/TimeBar.tsx'
import { Timeline } from './parts/Timeline.tsx'
import { ClusterPane } from './picture/ClusterPane.tsx'
import { ClusterSwitch } from './picture/ClusterSwitch.tsx'
import { usePart } from './store.ts'
import { TerminalPane } from './terminal/TerminalPane.tsx'

const SMALLEST = 14

export function Workbench() {
  const { model, t } = useLab()
  const panes = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(35)
  const [second, setSecond] = useState(70)
  const asking = usePart(model.state, s => s.asking)
  const close = (): void => model.state.set({ asking: undefined })
  const phase = usePart(model.state, s => s.phase)
  const real = usePart(model.state, s => s.real)
  const tabs = t.lab.tabs
  return (
    <div class="workbench" data-phase={phase}>
      {/* On a narrow screen the lesson, and its title with it, is behind another tab. */}
      <h1 class="visually-hidden title-of-narrow">{document.querySelector('.bench-prose h1')?.textContent}</h1>
      <header class="lab-bar">
        {real !== 'on' && <TimeBar />}
        <ClusterSwitch />
        <span class="lab-phase" role="status">
          {real === 'starting'
            ? t.real.starting
            : phase === 'starting'
              ? t.lab.starting
              : phase === 'restoring'
                ? t.keep.restoring
                : real === 'on'
                  ? t.real.on
                  : ''}
        </span>
        <RealNode />
        {real !== 'on' && (
          <button
            type="button"
            class="button small quiet"
            disabled={phase !== 'ready'}
            onClick={() => model.state.set({ asking: { kind: 'share' } })}
          >
            {t.keep.share}
          </button>
        )}
        <button type="button" class="button small quiet" onClick={() => model.state.set({ asking: { kind: 'reset' } })}>
          {t.lab.reset}
        </button>
      </header>
      {real !== 'on' && <Timeline />}
      <Notices />
      <div
        class="panes"
        ref={panes}
        // Fractions, so that the bars' own height is taken from all alike.
        style={{
          gridTemplateRows: `minmax(0,${first}fr) 9px minmax(0,${second - first}fr) 9px minmax(0,${100 - second}fr)`,
        }}
      >
        <ClusterPane />
        <Details />
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
      {asking?.kind === 'compare' && <Compare path={asking.path} solution={asking.solution} onClose={close} />}
      {asking?.kind === 'compareLive' && <CompareLive path={asking.path} onClose={close} />}
      {asking?.kind === 'share' && <Share onClose={close} />}
      {asking?.kind === 'real' && <AskForRealNode onClose={close} />}
      {asking?.kind === 'reset' && (
        <Ask
          label={t.lab.reset}
          yes={t.lab.resetYes}
          onYes={() => void model.reset(asking.workers).catch(console.error)}
          onClose={close}
        >
          {asking.workers === undefined ? t.lab.resetAsk : t.playground.rebuildAsk(asking.workers)}
        </Ask>
      )}
    </div>
  )
}
