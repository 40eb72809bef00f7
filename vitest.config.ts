/** Unit, property and golden tests: everything that needs no browser. */
import { defineConfig } from 'vitest/config'

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
    testTimeout: 20_000,
  },
})
