/** Tests in a real browser against the built site; CHROMIUM names the browser, PODLAB_DIST another folder than dist. */
import { defineConfig } from 'vitest/config'
import { longestFirst } from './vitest.longest-first.ts'

const LONGEST = [
  'pages',
  'course',
  'real-node',
  'lighthouse',
  'lesson',
  'classroom',
  'everywhere',
  'keeping',
  'looks',
  'workbench',
  'typing',
]

export default defineConfig({
  test: {
    include: ['site/e2e/**/*.test.ts'],
    globalSetup: ['site/e2e/server.ts'],
    sequence: { sequencer: longestFirst(LONGEST) },
    // Pages mostly wait; two files at a time fill two cores.
    maxWorkers: 2,
    // A process for each file would take two seconds of it; each has a browser of its own all the same.
    isolate: false,
    // The longest takes half a minute on a machine that has nothing else to do.
    testTimeout: 150_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // A busy machine may miss a frame; what is broken fails twice.
    retry: 1,
  },
})
