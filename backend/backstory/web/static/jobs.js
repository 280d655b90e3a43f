// Jobs as they go on. Where one begins or ends, the page is asked for anew: it knows how to draw that.
(() => {
  const rows = new Map([...document.querySelectorAll("[data-job]")].map((row) => [Number(row.dataset.job), row]));
  const aloud = document.getElementById("aloud");
  const everySeconds = 15; // more often would talk without end
  let spokenAt = 0;

  const draw = (row, { share, progress, title, trouble }) => {
    const bar = row.querySelector("progress");
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    row.querySelector(".title").textContent = title;
    row.querySelector(".progress").textContent = progress;
    row.querySelector(".said").textContent = trouble;
  };

  const events = new EventSource("/jobs/events");
  events.addEventListener("message", ({ data }) => {
    const jobs = JSON.parse(data);
    if (jobs.length !== rows.size || jobs.some(({ number }) => !rows.has(number))) {
      events.close();
      location.reload();
      return;
    }
    for (const job of jobs) draw(rows.get(job.number), job);
    if (jobs.length && performance.now() - spokenAt > everySeconds * 1000) {
      spokenAt = performance.now();
      aloud.textContent = jobs.map(({ title, progress }) => `${title}: ${progress}`).join(". ");
    }
  });
})();
