/** Tests in a real browser against the built site; CHROMIUM names the browser, PODLAB_DIST another folder than dist. */

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Vitest would begin with the longest files by their text; these take the longest time, and none may be left for the end. */
const LONGEST = ['pages', 'lighthouse', 'classroom', 'real-node', 'lesson', 'everywhere', 'workbench', 'course']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: ['site/e2e/**/*.test.ts'],
    globalSetup: ['site/e2e/server.ts'],
    sequence: { sequencer: LongestFirst },
    // Pages mostly wait; two files at a time fill two cores.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // A busy machine may miss a frame; what is broken fails twice.
    retry: 1,
  },
})
