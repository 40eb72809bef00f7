/** A Pod's containers as peas: full when ready, half when only running, a ring when waiting, a cross when failed. */
import type { ContainerLook } from './pod-state.ts'

export function Peas(props: { containers: readonly ContainerLook[] }) {
  return (
    <span class="peas" aria-hidden="true">
      {props.containers.map(c => (
        <span key={`${c.kind}-${c.name}`} class={`pea pea-${c.state} pea-kind-${c.kind}`} title={c.name} />
      ))}
    </span>
  )
}
