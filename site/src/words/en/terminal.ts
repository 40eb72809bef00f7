/** The terminal pane, in English. */
import type { Words } from '../words.ts'

export const terminal: Words['terminal'] = {
  label: 'Terminal',
  help: 'Press Esc, then Tab to leave the terminal',
  tooMuch: 'Too much output to be read out. Go to its lines to hear it.',
  nth: n => `Terminal ${n}`,
  add: 'Another terminal',
  close: n => `Close terminal ${n}`,
  keys: 'Terminal keys',
  preview: port => `Open the page at port ${port}`,
  previewLabel: port => `Page at localhost:${port}`,
  previewPath: 'Path',
  previewGo: 'Load',
  previewEmpty: 'The answer is empty.',
  previewFailed: error => `No answer: ${error}.`,
  previewNote: 'What the Pod answered. Scripts do not run here.',
}
