/** The terminal emulator with its style sheet; loaded with the workbench. */
import '@xterm/xterm/css/xterm.css'

export { FitAddon } from '@xterm/addon-fit'
export { Terminal } from '@xterm/xterm'
