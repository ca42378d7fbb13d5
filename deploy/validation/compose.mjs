// Checks a compose file against the published schema, and what no schema says: every secret is asked for, none is given.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";

// The specification's own schema, which this linter carries.
const schema = JSON.parse(readFileSync(new URL("node_modules/dclint/schemas/compose.schema.json", import.meta.url)));
const file = process.argv[2];
const compose = parse(readFileSync(file, "utf8"), { uniqueKeys: true });
const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({ ...schema, $schema: undefined });
const faults = check(compose) ? [] : check.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

for (const [name, service] of Object.entries(compose.services)) {
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    if (/KEY|PASSWORD|SECRET|TOKEN/.test(variable) && !/^\$\{\w+:\?/.test(value)) {
      faults.push(`${name}: ${variable} is not asked for with \${…:?}`);
    }
  }
  for (const [other, wait] of Object.entries(service.depends_on ?? {})) {
    const image = !compose.services[other]?.healthcheck && !compose.services[other]?.build;
    if (wait.condition === "service_healthy" && image) faults.push(`${name} waits for ${other}, which has no health check`);
  }
  for (const volume of service.volumes ?? []) {
    const source = volume.split(":")[0];
    if (!source.startsWith(".") && !(source in compose.volumes)) faults.push(`${name}: no volume ${source}`);
  }
}
console.log(`${file}: ${Object.keys(compose.services).join(", ")}`);
faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
