/** What a shell knows of a variable: its value and what has been declared of it. */

export interface Variable {
  value: string | undefined
  /** bash's arrays; `value` is not used then. */
  array?: Map<string, string>
  associative?: boolean
  exported?: boolean
  readonly?: boolean
  /** `declare -i`: what is assigned is reckoned first. */
  integer?: boolean
  /** `declare -n`: the name of the variable that is meant. */
  reference?: string
  /** `declare -u` and `-l`: in which letters it is kept. */
  letters?: 'upper' | 'lower'
}
