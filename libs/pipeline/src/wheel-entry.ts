/** What can be put on a wheel; the wheel alone writes the links. */
export interface WheelEntry {
  wheelPrevious?: WheelEntry;
  wheelNext?: WheelEntry;
  /** -1 while it is on no wheel. */
  wheelSlot: number;
  readonly deadline: number;
  /** The deadline has passed. */
  expire(): void;
}
