/** Real Node in the tab, in English. */

import type { Words } from '../words.ts'

export const real: Words['real'] = {
  start: 'Run on real Node',
  stop: 'Back to the simulation',
  yes: 'Start',
  ask: 'This loads a real Node from StackBlitz’s WebContainer service and runs it in this tab: your browser will ask that service’s hosts. The cluster begins anew where the lesson begins, and your files go along. Time then runs as it does in life: no pause, no faster, no going back.',
  starting: 'Starting real Node; 12 seconds at most…',
  on: 'Real Node',
  watch: 'Reload each second',
  previewNote: 'A real server serves this page. Its scripts run, and cannot reach this site.',
  reload: 'Reload',
  goesOn: 'You can go on in the simulated cluster, with the same files and checks.',
  wentBack: 'You are back in the simulated cluster, where the lesson begins, with your files.',
  saying: detail => ` (Its words: ${detail})`,
  why: {
    framed: 'Real Node cannot run in a frame on somebody else’s page. Open this lesson in a tab of its own.',
    notIsolated:
      'This page is not isolated from other origins, so real Node cannot run: the site’s host does not send the headers it takes, and this site’s service worker is not in place yet.',
    reload: 'Reload once: the page is then isolated from other origins, and real Node can run.',
    browser:
      'This browser lacks what real Node needs (WebAssembly and SharedArrayBuffer). Try a recent Chrome, Edge or Firefox on a computer.',
    ios: 'On iPhone and iPad a tab has little memory, and the WebContainer service is in beta there; real Node is not started on them. Try a browser on a computer.',
    offline: 'There is no network, and real Node is loaded from a service on it.',
    elsewhere: 'Real Node runs in another tab already, and there can be only one at a time.',
    slow: 'The WebContainer service has not answered within 12 seconds: it is out of reach, blocked, or slow. Reload the page to try again.',
    spent: 'The WebContainer service has not answered before; reload the page to try again.',
    sluggish: 'The WebContainer service answered, but the cluster was not up within 12 seconds.',
    memory: 'There is too little memory to start real Node. Close some tabs and try again.',
    licence:
      'The WebContainer service does not admit this site: it may need a licence or an API key. Please tell the site’s owner.',
    files: 'The files for real Node could not be fetched.',
    refused: 'Real Node could not be started.',
    crashed: 'Real Node has stopped unexpectedly.',
  },
}
