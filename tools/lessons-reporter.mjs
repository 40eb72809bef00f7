/**
 * The reporter of `npm run lessons`: a line for each lesson, and what is wrong with it in the author's terms, without
 * the test's own lines.
 */
const told = test => {
  const names = []
  for (let at = test.parent; at && at.type !== 'module'; at = at.parent) names.unshift(at.name)
  return names
}

/** Checks give lists of problems, each with its file and line, which arrive as vitest prints a list; other failures speak for themselves. */
const problemsOf = ({ errors = [] }) =>
  errors.flatMap(({ actual, message }) => {
    const items = /^\[\n/.test(actual) ? [...actual.matchAll(/^ {2}"([\s\S]*?)",$/gm)] : []
    return items.length ? items.map(([, item]) => item.replace(/\\(["\\])/g, '$1')) : [message]
  })

export default class LessonsReporter {
  #wrong = new Map()
  #fine = new Map()

  onTestCaseResult(test) {
    const result = test.result()
    if (result.state === 'skipped') return
    const [lesson = 'all lessons', ...within] = told(test)
    if (result.state === 'passed') this.#fine.set(lesson, (this.#fine.get(lesson) ?? 0) + 1)
    else
      this.#wrong.set(lesson, [
        ...(this.#wrong.get(lesson) ?? []),
        { what: [...within, test.name].join(' › '), problems: problemsOf(result) },
      ])
  }

  onTestModuleEnd(module) {
    // A file that cannot be read at all has no tests.
    for (const error of module.errors())
      this.#wrong.set(module.relativeModuleId, [{ what: 'cannot be read', problems: [error.message] }])
  }

  onTestRunEnd() {
    const all = [...new Set([...this.#fine.keys(), ...this.#wrong.keys()])].sort()
    for (const lesson of all) {
      const wrong = this.#wrong.get(lesson) ?? []
      console.log(wrong.length ? `✗ ${lesson}` : `✓ ${lesson}: ${this.#fine.get(lesson)} checks`)
      for (const { what, problems } of wrong)
        console.log(`  ${what}\n${problems.map(problem => problem.replace(/^/gm, '    ')).join('\n')}`)
    }
    const failed = [...this.#wrong.values()].flat().length
    console.log(
      failed
        ? `\n${failed} checks failed`
        : `\nall of ${[...this.#fine.values()].reduce((a, b) => a + b, 0)} checks passed`,
    )
  }
}
