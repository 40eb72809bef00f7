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
    testTimeout: 20_000,
  },
})
