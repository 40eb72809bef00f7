/** Feature gates that an administrator may open, as kube-apiserver's --feature-gates; all are closed in a new 1.36 cluster. */

export const FEATURE_GATES = ['MaxUnavailableStatefulSet'] as const
export type FeatureGate = (typeof FEATURE_GATES)[number]

export const isFeatureGate = (name: string): name is FeatureGate => (FEATURE_GATES as readonly string[]).includes(name)
