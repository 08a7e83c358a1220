export function Spinner({ label }: { label: string }) {
  return (
    <p class="spinner" role="status">
      <span class="spinner-wheel" aria-hidden="true" />
      {label}
    </p>
  )
}
