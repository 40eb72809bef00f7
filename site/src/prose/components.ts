/** The names that a lesson's prose can use. docs/authoring.md describes each. */
import Check from './Check.astro'
import Code from './Code.astro'
import Exercise from './Exercise.astro'
import Figure from './Figure.astro'
import File from './File.astro'
import Hint from './Hint.astro'
import Note from './Note.astro'
import Option from './Option.astro'
import Outcome from './Outcome.astro'
import Output from './Output.astro'
import Predict from './Predict.astro'
import Quiz from './Quiz.astro'
import Run from './Run.astro'
import Solution from './Solution.astro'
import Term from './Term.astro'
import Th from './Th.astro'
import Why from './Why.astro'

export const components = {
  pre: Code,
  th: Th,
  Check,
  Exercise,
  Figure,
  File,
  Hint,
  Note,
  Option,
  Outcome,
  Output,
  Predict,
  Quiz,
  Run,
  Solution,
  Term,
  Why,
}
