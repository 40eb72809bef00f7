/** What a daemon writes into its log as it starts and stops, with the work that lies between the lines. */
import type { Process } from '../../processes/process.ts'

/** A text as it is, or one that tells the time at which it is written, after some work. */
export type LogStep = string | { cpuMs?: number; text(now: number): string }

/** Writes them one after the other; each ends with a line's end. */
export async function writeSteps(process: Process, steps: readonly LogStep[]): Promise<void> {
  for (const step of steps) {
    if (typeof step !== 'string' && step.cpuMs) await process.compute(step.cpuMs)
    await process.write(2, `${textOf(step, process.clock.now())}\n`)
  }
}

/** What it has to say when it ends and may not wait any more. */
export function writeLast(process: Process, steps: readonly LogStep[]): void {
  for (const step of steps) void process.fds[2]?.write(process, `${textOf(step, process.clock.now())}\n`)
}

/** @param now in ms */
export const textOf = (step: LogStep, now: number): string => (typeof step === 'string' ? step : step.text(now))

/** `2026-11-27 03:15:42`, as entrypoints in bash write it. */
export const second = (now: number): string => new Date(now).toISOString().slice(0, 19).replace('T', ' ')
