import type { ReactNode } from "react";

/** A page outside of the admin's frame, where neither Polaris nor the app's menu is: for whoever came to the address itself. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main
      style={{
        fontFamily: "system-ui, sans-serif",
        lineHeight: 1.5,
        color: "#303030",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <h1 style={{ fontSize: "1.5rem", lineHeight: 1.3 }}>{title}</h1>
      {children}
    </main>
  );
}
