// Checks manifests against the Kubernetes API: required fields and types by its JSON schemas, and that every field exists,
// which the schemas leave open and a cluster would drop in silence.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import * as api from "@kubernetes/client-node";

const faults = [];

async function model({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const source = group.startsWith("monitoring.coreos") ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
  return (await import([source, group, version].filter(Boolean).join("/")))[kind];
}

function checkFields(value, type, path) {
  const list = /^Array<(.+)>$/.exec(type);
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
  if (list) {
    value.forEach((item, i) => checkFields(item, list[1], `${path}[${i}]`));
  } else if (map) {
    Object.entries(value).forEach(([key, item]) => checkFields(item, map[1], `${path}.${key}`));
  } else if (api[type]?.getAttributeTypeMap) {
    const fields = new Map(api[type].getAttributeTypeMap().map((field) => [field.baseName, field.type]));
    for (const [name, item] of Object.entries(value)) {
      if (fields.has(name)) checkFields(item, fields.get(name), `${path}.${name}`);
      else faults.push(`${path}.${name}: no such field`);
    }
  }
}

for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { uniqueKeys: true })) {
    faults.push(...document.errors.map((error) => `${file}: ${error.message}`));
    const manifest = document.toJS();
    if (manifest.kind === "Kustomization") continue; // read by kubectl itself
    try {
      new (await model(manifest))(manifest).validate();
    } catch (fault) {
      faults.push(`${file}: ${fault.message}`);
    }
    checkFields(manifest, `V1${manifest.kind}`, file);
    console.log(`${file}: ${manifest.apiVersion} ${manifest.kind}`);
  }
}
faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
