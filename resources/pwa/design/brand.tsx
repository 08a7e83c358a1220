export function Brand() {
  return (
    <p class="brand">
      <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <path d="M16 7v18M7 16h18" class="brand-cross" fill="none" stroke-width="4.5" stroke-linecap="round" />
      </svg>
      MedInfo
    </p>
  )
}
