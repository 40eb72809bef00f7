/** Unit, property and golden tests: everything that needs no browser. */
import { defineConfig } from 'vitest/config'
import { longestFirst } from './vitest.longest-first.ts'

const LONGEST = [
  ...[1, 3, 2, 4].map(n => `harness/share-${n}`),
  'site/real-node/real-node',
  'server/classroom',
  'server/signing-in',
  'harness/exam',
  'bench/bench',
  'db/backup',
  'cluster/real-processes',
  'server/running-a-class',
  'lti/course',
]

export default defineConfig({
  test: {
    include: [
      'sandbox/**/*.test.ts',
      'site/**/*.test.ts',
      'lessons/**/*.test.ts',
      'classroom/**/*.test.ts',
      'course/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/e2e/**'],
    setupFiles: ['./vitest.setup.ts'],
    // One core less is what it would leave unused otherwise: half of a small machine.
    maxWorkers: '100%',
    // A third of the time would go into a process and its imports for each file. Modules hold nothing that an answer depends on, and
    // tests leave nothing behind.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    sequence: { sequencer: longestFirst(LONGEST) },
    // When to give up, not how long something may take: a machine that is busy with others has to get through.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
