/**
 * One source to two extensions and a page script:
 *
 *     dist/chromium  dist/firefox     unpacked, to be loaded as they are
 *     dist/backstory-<browser>.zip    the same, packed
 *     dist/page/overlay.js            the overlays for a page of our own
 *
 * `node build.mjs FOLDER` writes elsewhere than to dist.
 */

import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { drawIcon } from "./tools/icons.mjs";
import { zip } from "./tools/zip.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = process.argv[2] ?? join(HERE, "dist");
const ICON_SIZES = [16, 32, 48, 128];

// Every page that is read pays for it: over this, the build fails.
const MAX_CONTENT_BYTES = 30 * 1024;

const SCRIPTS = {
  "background.js": "src/background/main.ts",
  "content.js": "src/content/main.ts",
  "keep.js": "src/content/keep.ts",
  "options.js": "src/options/options.ts",
};

/** What each browser does not know is left out of its manifest. */
const BROWSERS = {
  chromium: ({ browser_specific_settings: _, background: { service_worker }, ...manifest }) => ({ ...manifest, background: { service_worker } }),
  firefox: ({ minimum_chrome_version: _, background: { scripts }, ...manifest }) => ({ ...manifest, background: { scripts } }),
};

/** A style sheet imported by a script is its text, without comments and white space. */
const stylesAsText = {
  name: "styles-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await rm(DIST, { recursive: true, force: true });
const manifest = JSON.parse(await readFile(join(HERE, "manifest.json"), "utf8"));
for (const [browser, derive] of Object.entries(BROWSERS)) await buildExtension(browser, derive(manifest));
await bundle("src/page/main.ts", join(DIST, "page", "overlay.js"));

async function buildExtension(browser, derived) {
  const folder = join(DIST, browser);
  await mkdir(join(folder, "icons"), { recursive: true });
  for (const [name, source] of Object.entries(SCRIPTS)) await bundle(source, join(folder, name));
  for (const name of ["options.html", "options.css"]) await cp(join(HERE, "src/options", name), join(folder, name));
  for (const size of ICON_SIZES) await writeFile(join(folder, "icons", `${size}.png`), drawIcon(size));
  await cp(join(HERE, "_locales"), join(folder, "_locales"), { recursive: true });
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(derived, null, 2)}\n`);
  const files = await filesIn(folder);
  checkNamed(derived, files);
  checkSize(files.get("content.js"));
  await writeFile(join(DIST, `backstory-${browser}.zip`), zip(files));
}

function bundle(source, outfile) {
  return esbuild.build({
    entryPoints: [join(HERE, source)],
    outfile,
    bundle: true,
    format: "iife",
    target: ["chrome128", "firefox146"],
    charset: "utf8",
    legalComments: "none",
    minify: true,
    plugins: [stylesAsText],
    logLevel: "warning",
  });
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [relative(folder, path).replaceAll("\\", "/"), await readFile(path)])));
}

/** Every file that the manifest names, or a page of ours, is there. */
function checkNamed(derived, files) {
  const pages = [...files].filter(([name]) => name.endsWith(".html")).map(([, bytes]) => bytes.toString());
  const named = [JSON.stringify(derived), ...pages].flatMap((text) => text.match(/[\w/-]+\.(?:js|css|html|png)\b/g) ?? []);
  const missing = [...new Set([...named, ...Object.keys(SCRIPTS)])].filter((name) => !files.has(name));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(", ")}`);
}

function checkSize(content) {
  if (content.length > MAX_CONTENT_BYTES) throw new Error(`content.js has ${content.length} bytes, more than ${MAX_CONTENT_BYTES}`);
}
