/** A headed part of a plain page. */
export function PlainSection({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <section>
      <h2 style={{ fontSize: "1.125rem", lineHeight: 1.3 }}>{title}</h2>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}

/** The address to write to, on a line of its own so that it is easily hit. */
export function MailLine({ address }: { address: string }) {
  return (
    <p>
      <a href={`mailto:${address}`} style={{ display: "inline-block", padding: "4px 0" }}>
        {address}
      </a>
    </p>
  );
}
