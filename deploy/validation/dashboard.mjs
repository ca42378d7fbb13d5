// Lets a Prometheus watch a running server that is used, and asks it every query of the dashboard: each must be
// understood and give something.
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const [prometheus, folder] = process.argv.slice(2);
const key = "0123456789abcdef0123456789abcdef";
const started = [];

const freePort = () =>
  new Promise((done) => {
    const socket = createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });

function start(name, command, options, environment = {}) {
  const log = openSync(`${folder}/${name}.log`, "w");
  const child = spawn(command, options, { stdio: ["ignore", log, log], env: { ...process.env, ...environment } });
  started.push(child);
  return child;
}

async function ready(address) {
  for (let tries = 0; tries < 120; tries++) {
    if ((await fetch(address).catch(() => ({ ok: false }))).ok) return;
    await pause(1000);
  }
  throw new Error(`nobody answers at ${address}`);
}

async function check() {
  const [serverPort, prometheusPort] = [await freePort(), await freePort()];
  const server = `http://127.0.0.1:${serverPort}`;
  mkdirSync(`${folder}/dashboard`);
  start("server", "java", ["-Xmx256m", "-jar", "src/server/target/quarkus-app/quarkus-run.jar"], {
    MICROLIFT_DATA_DIR: `${folder}/dashboard/data`,
    MICROLIFT_ADMIN_KEY: key,
    QUARKUS_HTTP_HOST: "127.0.0.1",
    QUARKUS_HTTP_PORT: String(serverPort),
  });
  await ready(`${server}/q/health/ready`);

  const scrape = readFileSync("deploy/prometheus/prometheus.yml", "utf8")
    .replace("microlift:8080", `127.0.0.1:${serverPort}`)
    .replace(/15s/g, "1s")
    .replace(/rule_files:\n.*\n/, "");
  writeFileSync(`${folder}/prometheus.yml`, scrape);
  start("prometheus", prometheus, [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/dashboard/metrics`,
    `--web.listen-address=127.0.0.1:${prometheusPort}`,
  ]);
  await ready(`http://127.0.0.1:${prometheusPort}/-/ready`);

  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  for (let second = 0; second < 10; second++) {
    const batch = [{ type: "track", event: "x", userId: "u", messageId: `m${second}` }, { type: "track", event: "x" }];
    await fetch(`${server}/v1/batch`, { method: "POST", headers, body: JSON.stringify({ batch }) });
    await fetch(`${server}/api/v1/journeys`, { headers });
    await fetch(`${server}/api/v1/journeys`);
    await pause(1000);
  }

  const ask = async (query) => {
    const asked = query.replace(/\$__rate_interval/g, "30s").replace(/\$instance/g, ".*");
    const answer = await fetch(`http://127.0.0.1:${prometheusPort}/api/v1/query?query=${encodeURIComponent(asked)}`);
    const { error, data } = await answer.json();
    return error ?? (data.result.length || data.resultType === "scalar" ? "" : "gives nothing");
  };
  const dashboard = JSON.parse(readFileSync("deploy/grafana/dashboards/microlift.json", "utf8"));
  const queries = dashboard.panels.flatMap((panel) => panel.targets ?? []).map((target) => target.expr);
  const faults = [];
  for (const query of queries) {
    const fault = await ask(query);
    if (fault) faults.push(`${query}: ${fault}`);
  }
  console.log(`${queries.length} queries`);
  return faults;
}

let faults = [];
try {
  faults = await check();
} catch (failure) {
  faults = [String(failure)];
} finally {
  started.reverse().forEach((child) => child.kill());
  await Promise.all(started.map((child) => child.exitCode ?? new Promise((gone) => child.once("exit", gone))));
}
faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
