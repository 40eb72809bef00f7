/** Vitest would begin with the longest files by their text; these take the longest time, and none may be left for the end. */
import { BaseSequencer, type TestSequencerConstructor, type TestSpecification } from 'vitest/node'

/** @param longest ends of paths, the longest first */
export const longestFirst = (longest: readonly string[]): TestSequencerConstructor =>
  class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const place = ({ moduleId }: TestSpecification): number => {
        const at = longest.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
        return at < 0 ? longest.length : at
      }
      return (await super.sort(files)).sort((a, b) => place(a) - place(b))
    }
  }
