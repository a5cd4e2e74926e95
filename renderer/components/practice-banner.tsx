/** Keeps the practice account from being taken for a real one. */
export function PracticeBanner() {
  return (
    <aside
      aria-label="Practice account"
      className="stripes shrink-0 px-4 py-1 text-center font-medium text-xs"
    >
      Practice account. Nothing leaves this computer.
    </aside>
  );
}
