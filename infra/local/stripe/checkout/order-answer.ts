/** What the form in the browser is told that the order comes to, in words for the student. */
export interface OrderView {
  /** Subtotal, discount and tax; none when the total says it all. */
  rows: { name: "subtotal" | "discount" | "tax"; term: string; amount: string }[];
  total: string;
  payLabel: string;
  isFree: boolean;
}
