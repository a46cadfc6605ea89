/** For texts.test.ts: what its search must find, and what not. */
const OPTIONS = ["Kept for later", "Sent at once"];
const NAMES: Readonly<Record<string, string>> = { web: "Online store", key: "events.title" };

export function PageWithTexts({ count, t }: { count: number; t: (key: string) => string }) {
  const when = count > 1 ? `in ${count} days` : t("Not this one");
  if (count > 9) tell("Choose one first");
  return (
    <section title="Three words here" className="Two words" style={{ font: "bold serif text" }}>
      Between tags {count > 1 ? `${count} orders failed` : t("Not this one")} {when}
      <Choices options={[{ value: "one", label: "Only one" }, "Or another"]} hint={`${count} left`} />
      <img alt={count > 1 ? "A picture" : NAMES["web"]} src={OPTIONS[0]} />
    </section>
  );
}

declare function tell(text: string): void;
declare function Choices(props: { options: readonly unknown[]; hint: string }): React.ReactNode;
