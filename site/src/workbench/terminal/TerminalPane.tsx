/** The terminals of the learner's workstation. */
import type { Terminal } from '@xterm/xterm'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { createEcho, type Echo } from './echo.ts'
import { clipboardAction, TOUCH_KEYS, withControl } from './keys.ts'
import { Preview } from './Preview.tsx'
import { RealPage } from './RealPage.tsx'
import { createWriter } from './writer.ts'

const MOST_TERMINALS = 4

const colours = {
  background: '#17221b',
  foreground: '#dfe8d8',
  cursor: '#d9aae6',
  cursorAccent: '#17221b',
  selectionBackground: '#3e5a3b',
  black: '#17221b',
  red: '#ff9f8f',
  green: '#a8d67d',
  yellow: '#f0bb68',
  blue: '#93c3ea',
  magenta: '#d9aae6',
  cyan: '#7fd6c6',
  white: '#dfe8d8',
  brightBlack: '#97a89c',
  brightRed: '#ffb8ab',
  brightGreen: '#c2e89c',
  brightYellow: '#f7cf8e',
  brightBlue: '#b4d6f2',
  brightMagenta: '#e7c6f0',
  brightCyan: '#a6e6da',
  brightWhite: '#ffffff',
}

export function TerminalPane() {
  const { model, t } = useLab()
  const terminals = usePart(model.state, s => s.terminals)
  const front = usePart(model.state, s => s.terminal)
  const ready = usePart(model.state, s => s.phase === 'ready')
  const ports = usePart(model.state, s => s.ports)
  const [looking, look] = useState<number>()
  const [control, setControl] = useState(false)
  const held = useRef(false)
  const hold = (on: boolean): void => {
    held.current = on
    setControl(on)
  }
  /** Ctrl on the row of keys holds for one key. */
  const modify = useCallback((data: string): string => {
    if (!held.current) return data
    hold(false)
    return withControl(data)
  }, [])
  return (
    <section class="pane pane-terminal" aria-label={t.terminal.label}>
      <header class="pane-head">
        <h2 class={terminals.length > 1 ? 'visually-hidden' : ''}>{t.terminal.label}</h2>
        {terminals.length > 1 && (
          // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a form's fieldset.
          <div class="files" role="group" aria-label={t.terminal.label}>
            {terminals.map((n, i) => (
              <span key={n} class="file-tab-pair">
                <button
                  type="button"
                  class="file-tab"
                  aria-pressed={n === front}
                  onClick={() => model.state.set({ terminal: n })}
                >
                  {t.terminal.nth(i + 1)}
                </button>
                {i > 0 && (
                  <button
                    type="button"
                    class="icon small"
                    aria-label={t.terminal.close(i + 1)}
                    title={t.terminal.close(i + 1)}
                    onClick={() => model.closeTerminal(n)}
                  >
                    <svg viewBox="0 0 20 20" aria-hidden="true">
                      <path d="m5 6 1-1 4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4Z" />
                    </svg>
                  </button>
                )}
              </span>
            ))}
          </div>
        )}
        {ready && terminals.length < MOST_TERMINALS && (
          <button
            type="button"
            class="icon"
            aria-label={t.terminal.add}
            title={t.terminal.add}
            onClick={() => void model.addTerminal().catch(console.error)}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M9 4h2v5h5v2h-5v5H9v-5H4V9h5Z" />
            </svg>
          </button>
        )}
        {ports.map(port => (
          <button
            key={port}
            type="button"
            class="port"
            aria-label={t.terminal.preview(port)}
            onClick={() => look(port)}
          >
            :{port}
          </button>
        ))}
        <span class="keys-help">{t.terminal.help}</span>
      </header>
      <div class="pane-body screens">
        {/* The first is there before its shell is. */}
        <Screen
          key="first"
          terminal={terminals[0]}
          front={terminals[0] === undefined || terminals[0] === front}
          modify={modify}
        />
        {terminals.slice(1).map(n => (
          <Screen key={n} terminal={n} front={n === front} modify={modify} />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a form's fieldset. */}
      <div class="key-row" role="group" aria-label={t.terminal.keys}>
        <button
          type="button"
          aria-pressed={control}
          onPointerDown={e => e.preventDefault()}
          onClick={() => hold(!control)}
        >
          Ctrl
        </button>
        {TOUCH_KEYS.map(([label, data]) => (
          <button
            key={label}
            type="button"
            onPointerDown={e => e.preventDefault()}
            disabled={!ready}
            onClick={() => model.type(front, modify(data))}
          >
            {label}
          </button>
        ))}
      </div>
      {looking !== undefined && <Page port={looking} onClose={() => look(undefined)} />}
    </section>
  )
}

/** What a port serves: by a real server, or as the simulation has it. */
function Page(props: { port: number; onClose(): void }) {
  const { model } = useLab()
  const real = usePart(model.state, s => s.real === 'on')
  // A server that is being replaced leaves its port for a moment; whoever watches goes on watching.
  const last = useRef<string>(undefined)
  last.current = model.address(props.port) ?? last.current
  return real && last.current !== undefined ? <RealPage {...props} address={last.current} /> : <Preview {...props} />
}

interface ScreenProps {
  /** Undefined until its shell has been started. */
  terminal: number | undefined
  front: boolean
  modify(data: string): string
}

/** CSS pixels. */
const LARGEST_TEXT = 13
const SMALLEST_TEXT = 10
/** What `kubectl get pods` takes for the Pods of a Deployment: on a phone, larger text would break each of its lines in two. */
const WANTED_COLUMNS = 57
/** Of a monospace character, in relation to its height. */
const CHARACTER_WIDTH = 0.602
/** The terminal's margin on a phone and its scroll bar, in CSS pixels. */
const SIDES = 22

function textSize(width: number): number {
  const size = Math.floor((2 * (width - SIDES)) / WANTED_COLUMNS / CHARACTER_WIDTH) / 2
  return Math.max(SMALLEST_TEXT, Math.min(LARGEST_TEXT, size))
}

/** What its effects share of a screen. */
interface Shown {
  screen: Terminal
  fill(): void
}

function Screen({ terminal, front, modify }: ScreenProps) {
  const { model, t } = useLab()
  const box = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<Shown>()
  /** Typed before there is a shell to read it. */
  const early = useRef('')
  /** Another shell's, once time has been turned back. */
  const before = useRef<number>(undefined)
  const shell = useRef(terminal)
  shell.current = terminal
  const echo = useRef<Echo>(undefined)

  useEffect(() => {
    let stop: (() => void) | undefined
    let here = true
    void import('./xterm.ts').then(({ Terminal, FitAddon }) => {
      if (!here || !box.current) return
      Terminal.strings.tooMuchOutput = t.terminal.tooMuch
      const screen = new Terminal({
        fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
        fontSize: LARGEST_TEXT,
        lineHeight: 1.25,
        cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        screenReaderMode: true,
        scrollback: 5000,
        theme: colours,
        allowProposedApi: false,
      })
      const addon = new FitAddon()
      screen.loadAddon(addon)
      screen.open(box.current)
      screen.textarea?.setAttribute('aria-label', `${t.terminal.label}. ${t.terminal.help}`)
      // Escape, then Tab leaves the terminal; a Tab alone completes.
      let escaped = false
      screen.attachCustomKeyEventHandler(event => {
        if (event.type !== 'keydown') return true
        const action = clipboardAction(event)
        if (action === 'copy' && screen.hasSelection()) {
          event.preventDefault()
          void navigator.clipboard?.writeText(screen.getSelection()).catch(console.error)
        }
        // Pasting is left to the browser, which asks nobody for leave.
        if (action) return false
        if (event.key === 'Escape') escaped = true
        else if (event.key === 'Tab' && escaped) return false
        else if (event.key !== 'Shift') escaped = false
        return true
      })
      screen.onData(data => {
        const keys = modify(data)
        if (shell.current === undefined) early.current += keys
        else model.type(shell.current, keys)
        echo.current?.typed(keys)
      })
      screen.onResize(({ cols, rows }) => shell.current !== undefined && model.resize(shell.current, cols, rows))
      const fill = (): void => {
        if (!box.current?.clientWidth || !box.current.clientHeight) return
        screen.options.fontSize = textSize(box.current.clientWidth)
        addon.fit()
      }
      const observer = new ResizeObserver(fill)
      observer.observe(box.current)
      setShown({ screen, fill })
      stop = () => {
        observer.disconnect()
        screen.dispose()
      }
    })
    return () => {
      here = false
      stop?.()
    }
  }, [])

  useEffect(() => {
    if (!shown || terminal === undefined) return
    const { screen, fill } = shown
    if (before.current !== undefined) screen.reset()
    before.current = terminal
    // A program that asks the screen about itself while its past is printed again must not be answered twice.
    const writer = createWriter((data, drawn) => screen.write(data, drawn))
    const keys = createEcho({
      draw: writer.add,
      room: () => (writer.idle() ? screen.cols - screen.buffer.active.cursorX : 0),
      later: (ms, work) => void setTimeout(work, ms),
    })
    echo.current = keys
    const quiet = model.onOutput(terminal, keys.printed)
    fill()
    model.resize(terminal, screen.cols, screen.rows)
    if (early.current) model.type(terminal, early.current)
    early.current = ''
    return quiet
  }, [shown, terminal])

  return <div class="screen" ref={box} hidden={!front} data-terminal={terminal} />
}
