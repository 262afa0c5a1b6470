// How CETEIcean shows these editions. No text is added, moved or doubled, so that annotators such as Recogito find
// their places by path and offset: what is seen beyond the text are attributes from here and rules of ceteicean.css.
"use strict";

const named = (pointer) => document.getElementById((pointer ?? "").split(" ")[0].replace(/^#/, ""));
const words = (entry, selector) => entry?.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
const joined = (parts, by) => parts.filter(Boolean).join(by);

// what a register or the header says of a pointer
function about(pointer) {
  const entry = named(pointer);
  const name = words(entry, "[type=main], tei-name, tei-title, tei-catdesc");
  return joined([name, words(entry, "tei-note[type=about]")], ": ");
}

function dated(e) {
  const of = (name) => e.getAttribute(name) ?? "";
  const span = (a, b) => (of(a) || of(b) ? `${of(a)}–${of(b)}` : "");
  return joined([of("when") || of("dur") || span("from", "to") || span("notbefore", "notafter"), of("cert")], ", ");
}

const witnesses = (e) => (e.getAttribute("wit") ?? "").replace(/#/g, "");

const titled = (text) => (e) => {
  const title = text(e);
  if (title) e.title = title;
};
const mention = titled((e) => about(e.getAttribute("ref")));
// a private-use character: no font has it, so that what it is stands there for it
function sign(e) {
  const described = named(e.getAttribute("ref"));
  const said = words(described, "tei-desc");
  e.dataset.shown = words(described, 'tei-mapping[type="standard"]') || `[${said.replace(/[.;:](\s.*)?$/, "")}]`;
  titled(() => said)(e);
}
const hidden = function (e) {
  this.hideContent(e, false);
};

// an editor's note: its words in an element of their own, which is shown when the number has the focus
function note(e) {
  if (!e.matches('[change~="#ed.words"]')) {
    titled((said) => about(said.getAttribute("resp")))(e); // another voice of the source
    return;
  }
  const inside = document.createElement("span");
  inside.className = "words";
  inside.append(...e.childNodes);
  e.append(inside);
  e.tabIndex = 0;
  e.setAttribute("role", "note");
}

function link(e) {
  const target = e.getAttribute("target");
  if (!target) return;
  const follow = () => location.assign(this.rw(this.first(target)));
  e.tabIndex = 0;
  e.setAttribute("role", "link");
  e.addEventListener("click", follow);
  e.addEventListener("keydown", (event) => event.key === "Enter" && follow());
}

const behaviors = {
  tei: {
    teiHeader: hidden,
    standOff: hidden,
    note,
    ref: link,
    ptr: link,
    list: [],
    body: (e) => {
      // that of a quoted text is no landmark beside the text's own
      if (e.parentElement.matches("tei-floatingtext")) for (const name of ["role", "aria-label"]) e.removeAttribute(name);
    },
    title: mention,
    persName: mention,
    placeName: mention,
    orgName: mention,
    eventName: mention,
    objectName: mention,
    rs: mention,
    g: sign,
    date: titled(dated),
    choice: titled((e) => joined([words(e, "tei-sic, tei-orig, tei-abbr"), words(e, "tei-corr, tei-reg, tei-expan")], " → ")),
    app: titled((e) => joined([...e.querySelectorAll("tei-rdg")].map((r) => `${r.textContent || "om."} ${witnesses(r)}`), "; ")),
    rdg: (e) => void (e.dataset.wit = witnesses(e)),
  },
};

async function show(file, container) {
  const told = container.querySelector("p");
  if (typeof CETEI === "undefined") return;
  const reader = new CETEI();
  reader.addBehaviors(behaviors);
  await reader.getHTML5(file, (data) => container.append(data));
  if (container.querySelector("tei-tei")) told.remove();
}
