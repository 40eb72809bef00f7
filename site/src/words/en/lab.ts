/** The frame of the workbench: panes, tabs, starting, resetting; in English. */
import type { Words } from '../words.ts'

export const lab: Words['lab'] = {
  title: 'Workbench',
  start: 'Start the workbench',
  startWhy: 'Loads an editor, a terminal and a simulated cluster. All of it runs on your machine.',
  starting: 'Starting…',
  failed:
    'The workbench could not start; perhaps a part of it could not be fetched. Check your network and try again. If the site has just been updated, reload the page.',
  noWorker:
    'The workbench could not start: this browser has no Web Workers. Please use a newer one. The lessons can be read all the same.',
  retry: 'Try again',
  tabs: {
    label: 'View',
    prose: 'Lesson',
    guide: 'Guide',
    tasks: 'Tasks',
    editor: 'Editor',
    terminal: 'Terminal',
    cluster: 'Cluster',
  },
  splitMain: 'Width of lesson and workbench',
  split: (a, b) => `Height of ${a} and ${b}`,
  splitHelp: 'Arrow keys move it, Enter puts it back',
  reset: 'Start over',
  resetAsk:
    'Go back to where this lesson begins? Cluster, files and terminal return to their start. Exercises you have passed stay passed.',
  resetYes: 'Start over',
  cancel: 'Cancel',
  close: 'Close',
}
