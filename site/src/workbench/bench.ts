/** What the prose can ask of the workbench. */
import type { CheckResult } from '../../../sandbox/scenario/session.ts'

export interface Bench {
  /** Types the commands into the terminal, then lets `skipMs` of virtual time pass. */
  run(commands: string, skipMs: number): Promise<void>
  fault(command: string, skipMs: number): Promise<void>
  openFile(path: string): void
  /** Asks whether the cluster may be thrown away for one with so many workers. */
  rebuild(workers: number): void
  check(exercise: string): Promise<CheckResult[]>
}

export type Tab = 'prose' | 'editor' | 'terminal' | 'cluster'
