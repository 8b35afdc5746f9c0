/** A request on its way through the stages. */
export class Item {
  /** The stage whose outcome it waits for. */
  stage = 0;
  answers = 0;
  /** Whether it was with a host that was lost. */
  wasLost = false;

  /**
   * @param gateway its place among all gateways
   * @param kib payload that the latest stage has left
   */
  constructor(
    readonly gateway: number,
    readonly sentAt: number,
    public kib: number,
    readonly answered: (item: Item) => void,
  ) {}
}
