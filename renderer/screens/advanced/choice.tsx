interface ChoiceProps<K extends string> {
  readonly label: string;
  /** What can be chosen, in words. */
  readonly choices: Readonly<Record<K, string>>;
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
  /** As wide as there is room. */
  readonly isWide?: boolean;
}

/** A few buttons beside each other, of which one is pressed. */
export function Choice<K extends string>({
  label,
  choices,
  chosen,
  onChoose,
  isWide = false,
}: ChoiceProps<K>) {
  return (
    <fieldset
      aria-label={label}
      className={`${isWide ? 'flex' : 'inline-flex'} rounded-lg border border-frame bg-sunken p-0.5`}
    >
      {(Object.entries(choices) as [K, string][]).map(([key, word]) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === chosen}
          {...(key === chosen ? { 'data-selected': true } : {})}
          onClick={() => onChoose(key)}
          className="picked min-h-10 flex-1 rounded-md border border-transparent px-3 font-medium text-muted data-selected:border-frame data-selected:bg-surface data-selected:text-text sm:min-h-7"
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
