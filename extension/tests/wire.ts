/** The documents that the service's tests read too. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

export function wire<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../tests/wire", `${name}.json`), "utf8")) as Shape;
}
