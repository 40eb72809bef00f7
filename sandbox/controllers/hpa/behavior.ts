/** Limits on how fast a target scales up and down: stabilization windows and policies. */
import type { HorizontalPodAutoscaler } from '../../api/types.ts'

type Behavior = NonNullable<HorizontalPodAutoscaler['spec']['behavior']>
export type ScalingRules = NonNullable<Behavior['scaleUp']>

const DOWN_WINDOW_SECONDS = 300

/** What has been recommended and done to one target, for as long as it matters. */
export interface Memory {
  recommendations: { at: number; replicas: number }[]
  /** Positive when Pods were added. */
  changes: { at: number; by: number }[]
}

export interface NormalizationArgs {
  current: number
  desired: number
  min: number
  max: number
  now: number
}

export interface Verdict {
  replicas: number
  ableToScale: { reason: string; message: string }
  limited: { status: 'True' | 'False'; reason: string; message: string }
}

export function normalize(args: NormalizationArgs, behavior: Behavior | undefined, memory: Memory): Verdict {
  const stabilized = stabilize(args, behavior, memory)
  const { replicas, reason, message } = limit({ ...args, desired: stabilized }, behavior, memory)
  const up = args.desired >= args.current && behavior !== undefined
  return {
    replicas,
    ableToScale:
      stabilized === args.desired
        ? { reason: 'ReadyForNewScale', message: 'recommended size matches current size' }
        : {
            reason: up ? 'ScaleUpStabilized' : 'ScaleDownStabilized',
            message: `recent recommendations were ${up ? 'lower' : 'higher'} than current one, applying the ${up ? 'lowest' : 'highest'} recent recommendation`,
          },
    limited: { status: replicas === stabilized ? 'False' : 'True', reason, message },
  }
}

/** Not above the least that was recommended lately, and not below the most. */
function stabilize(
  { current, desired, now }: NormalizationArgs,
  behavior: Behavior | undefined,
  memory: Memory,
): number {
  const upMs = (behavior?.scaleUp?.stabilizationWindowSeconds ?? 0) * 1000
  const downMs = (behavior?.scaleDown?.stabilizationWindowSeconds ?? DOWN_WINDOW_SECONDS) * 1000
  let [up, down] = [desired, desired]
  for (const { at, replicas } of memory.recommendations) {
    if (at > now - upMs) up = Math.min(up, replicas)
    if (at > now - downMs) down = Math.max(down, replicas)
  }
  memory.recommendations = memory.recommendations.filter(r => r.at > now - Math.max(upMs, downMs))
  memory.recommendations.push({ at: now, replicas: desired })
  return behavior ? Math.min(Math.max(current, up), down) : down
}

function limit({ current, desired, min, max, now }: NormalizationArgs, behavior: Behavior | undefined, memory: Memory) {
  const within = {
    replicas: desired,
    reason: 'DesiredWithinRange',
    message: 'the desired count is within the acceptable range',
  }
  if (desired > current || (!behavior && desired > max)) {
    const rate = behavior
      ? Math.max(current, allowed(current, behavior.scaleUp, memory, now, 1))
      : Math.max(2 * current, 4)
    const most = Math.min(max, rate)
    if (desired <= most) return within
    return max > rate
      ? {
          replicas: most,
          reason: 'ScaleUpLimit',
          message: 'the desired replica count is increasing faster than the maximum scale rate',
        }
      : {
          replicas: most,
          reason: 'TooManyReplicas',
          message: 'the desired replica count is more than the maximum replica count',
        }
  }
  const rate =
    behavior && desired < current ? Math.min(current, allowed(current, behavior.scaleDown, memory, now, -1)) : min
  const least = Math.max(min, rate)
  if (desired >= least) return within
  return min < rate
    ? {
        replicas: least,
        reason: 'ScaleDownLimit',
        message: 'the desired replica count is decreasing faster than the maximum scale rate',
      }
    : {
        replicas: least,
        reason: 'TooFewReplicas',
        message: 'the desired replica count is less than the minimum replica count',
      }
}

/** The size that the policies allow, growing (1) or shrinking (-1). */
function allowed(
  current: number,
  rules: ScalingRules | undefined,
  { changes }: Memory,
  now: number,
  sign: 1 | -1,
): number {
  if (rules?.selectPolicy === 'Disabled') return current
  const proposals = (rules?.policies ?? []).map(({ type, value, periodSeconds }) => {
    const recent = changes.filter(c => c.at > now - periodSeconds * 1000).reduce((sum, c) => sum + c.by, 0)
    const start = current - recent
    if (type === 'Pods') return start + sign * value
    return sign > 0 ? Math.ceil(start * (1 + value / 100)) : Math.trunc(start * (1 - value / 100))
  })
  const most = (rules?.selectPolicy ?? 'Max') === 'Max'
  return most === sign > 0 ? Math.max(...proposals) : Math.min(...proposals)
}
