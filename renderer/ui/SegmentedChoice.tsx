import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface SegmentedChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** A few choices side by side, one of them taken. Arrows move and choose. */
export function SegmentedChoice<T extends string>(props: SegmentedChoiceProps<T>): ReactNode {
  const { label, value, options, onChange } = props;
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      orientation="horizontal"
      className="flex rounded-md bg-fill p-0.5"
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-6 rounded-md px-3 text-muted hover:text-ink data-[state=checked]:bg-(--lifted) data-[state=checked]:text-ink data-[state=checked]:shadow-(--shadow-low)"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
