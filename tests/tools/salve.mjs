// The validator inside LEAF-Writer and Scholarly XML: what it has against documents.
//
//   node salve.mjs SCHEMA.rng DOCUMENT.xml …      prints {"DOCUMENT.xml": ["17: element not allowed here …"], …}

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import salve from "salve-annos";
import { SaxesParser } from "saxes";

const [schema, ...documents] = process.argv.slice(2);

function faults(grammar, xml) {
  const resolver = new salve.DefaultNameResolver();
  const walker = grammar.newWalker(resolver);
  const parser = new SaxesParser({ xmlns: true });
  const found = [];
  let text = "";
  const fire = (name, ...values) => {
    for (const error of walker.fireEvent(name, values) || []) found.push(`${parser.line}: ${error.toString()}`);
  };
  const flush = () => {
    if (text !== "") fire("text", text);
    text = "";
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", (more) => (text += more));
  parser.on("opentag", ({ uri, local, attributes, ns }) => {
    flush();
    resolver.enterContext();
    for (const [prefix, at] of Object.entries(ns)) resolver.definePrefix(prefix, at);
    fire("enterStartTag", uri, local);
    for (const attribute of Object.values(attributes)) {
      if (attribute.name === "xmlns" || attribute.prefix === "xmlns") continue;
      fire("attributeName", attribute.prefix === "" ? "" : attribute.uri, attribute.local);
      fire("attributeValue", attribute.value);
    }
    fire("leaveStartTag");
  });
  parser.on("closetag", ({ uri, local }) => {
    flush();
    fire("endTag", uri, local);
    resolver.leaveContext();
  });
  parser.write(xml).close();
  for (const error of walker.end() || []) found.push(`end: ${error.toString()}`);
  return found;
}

const { pattern } = await salve.convertRNGToPattern(pathToFileURL(schema));
const answer = documents.map((path) => [path, faults(pattern, readFileSync(path, "utf-8"))]);
process.stdout.write(JSON.stringify(Object.fromEntries(answer)));
