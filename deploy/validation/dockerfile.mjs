// Lints a Dockerfile and prints what a test of the image needs: the command that makes the class archive, and the entry point.
import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

const text = readFileSync(process.argv[2], "utf8");
const faults = validate(text);
faults.forEach((fault) => console.error(`line ${fault.range.start.line + 1}: ${fault.message}`));

const dockerfile = DockerfileParser.parse(text);
const last = (keyword, wanted = () => true) =>
  dockerfile
    .getInstructions()
    .filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getArgumentsContent())
    .filter(wanted)
    .at(-1);
console.log(`ARCHIVE='${last("RUN", (run) => run.includes("archive-classes"))}'`);
console.log(`ENTRY='${JSON.parse(last("ENTRYPOINT")).join(" ")}'`);
process.exit(faults.length ? 1 : 0);
