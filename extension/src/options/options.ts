/** Options: where the service is, and a test that says exactly what is wrong. */

import { askHealth, askToken } from "../background/service";
import { isLocal, loadSettings, nameOf, originsOf, readServer, saveSettings, type Settings } from "../background/settings";
import { sayOneOf, type MessageKey, type Say } from "../overlay/say";

const say: Say = (key, ...named) => chrome.i18n.getMessage(key, named);
const form = part("server", HTMLFormElement);
const address = part("address", HTMLInputElement);
const token = part("token", HTMLInputElement);
const keep = part("keep", HTMLInputElement);
const outcome = part("outcome", HTMLElement);

function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

function fillIn(): void {
  document.documentElement.lang = say("locale");
  document.documentElement.dir = say("direction");
  document.title = say("options_title");
  for (const place of document.querySelectorAll<HTMLElement>("[data-say]")) {
    place.textContent = say(place.dataset["say"] as MessageKey);
  }
}

async function showSettings(): Promise<void> {
  const settings = await loadSettings();
  address.value = settings.server;
  token.value = settings.token;
  keep.checked = settings.keep;
}

async function showKey(): Promise<void> {
  const commands = await chrome.commands.getAll();
  const key = commands.find(({ name }) => name === "_execute_action")?.shortcut;
  const shown = document.createElement(key ? "kbd" : "span");
  shown.textContent = key || say("options_keys_unset");
  part("toggle-key", HTMLElement).append(shown);
}

/** What the form holds, or nothing once it has been said that it is no address. */
function typed(): Settings | null {
  const server = readServer(address.value);
  address.setAttribute("aria-invalid", String(server === null));
  if (server !== null) return { server, token: token.value.trim(), keep: keep.checked };
  tell(say("options_not_an_address"), true);
  address.focus();
  return null;
}

async function save(): Promise<void> {
  const settings = typed();
  if (!settings || !(await allow(settings.server))) return;
  await saveSettings(settings);
  address.value = settings.server;
  tell(isInsecure(settings.server) ? `${say("options_saved")} ${say("options_insecure")}` : say("options_saved"));
}

async function test(): Promise<void> {
  const settings = typed();
  if (!settings || !(await allow(settings.server))) return;
  const name = nameOf(settings.server);
  tell(say("options_testing", name));
  const health = await askHealth(settings);
  if (!health.ok) {
    const { kind, named } = health.trouble;
    return tell(sayOneOf((key) => say(key, named), "trouble", kind, ""), true);
  }
  const verdict = await askToken(settings).catch(() => "wrong" as const);
  if (verdict === "wrong") return tell(say("trouble_token", name), true);
  const open = verdict === "open" && settings.token !== "";
  tell(say(open ? "options_works_no_token" : "options_works", name, health.version));
}

/** The browser's leave to ask a server elsewhere: asked for first of all, while the click still counts as one. */
async function allow(server: string): Promise<boolean> {
  if (isLocal(server) || (await chrome.permissions.request({ origins: originsOf(server) }))) return true;
  tell(say("options_not_allowed", nameOf(server)), true);
  return false;
}

function isInsecure(server: string): boolean {
  return server.startsWith("http:") && !isLocal(server);
}

function tell(words: string, isWrong = false): void {
  outcome.textContent = words;
  outcome.classList.toggle("wrong", isWrong);
}

fillIn();
void showSettings();
void showKey();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void save();
});
part("test", HTMLButtonElement).addEventListener("click", () => void test());
