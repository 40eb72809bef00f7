/** The interface of the workbench for the prose. */
import type { CheckResult, SessionRecord } from '../../../sandbox/scenario/session.ts'

export interface WorkbenchHandle {
  /** Types the commands into the terminal, then lets `skipMs` of virtual time pass. */
  run(commands: string, skipMs: number): Promise<void>
  fault(command: string, skipMs: number): Promise<void>
  openFile(path: string): void
  /** Shows a file of the reader's beside the solution's. */
  compare(path: string, solution: string): void
  /** Asks whether the cluster may be thrown away for one with so many workers. */
  rebuild(workers: number): void
  check(exercise: string): Promise<CheckResult[]>
  /** Lets the cluster's time stand still, or go on. */
  setPaused(paused: boolean): void
  /** Whether the record gives the same history again; what real processes have done it cannot. */
  repeatable(): boolean
  /** The record up to what is shown, and the hash of the world it leads to. */
  history(): Promise<{ record: SessionRecord; hash: string }>
}

export type Tab = 'prose' | 'editor' | 'terminal' | 'cluster'
