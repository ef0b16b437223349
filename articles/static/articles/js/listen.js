// Listen: the article read aloud by the browser, a sentence at a time. Loaded when a reader presses "Listen".

const place = document.querySelector("[data-listen]");
const body = document.querySelector(".article-body");
const language = place.dataset.language;
const sentences = [...body.querySelectorAll("p, h2, h3, li, blockquote")]
  .filter((block) => !block.querySelector("p, li"))
  .flatMap((block) => split(block).map(([start, end]) => rangeOf(block, start, end)));
let at = 0;
let isPlaying = false;

// Short pieces: some voices fall silent after fifteen seconds.
function split(block) {
  const text = block.textContent;
  if (!text.trim()) return [];
  if (!window.Intl?.Segmenter) return [[0, text.length]];
  return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)]
    .filter(({ segment }) => segment.trim())
    .map(({ index, segment }) => [index, index + segment.trimEnd().length]);
}

function rangeOf(block, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let isOpen = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = passed + node.length;
    if (!isOpen && start < next) {
      range.setStart(node, start - passed);
      isOpen = true;
    }
    if (isOpen && end <= next) {
      range.setEnd(node, end - passed);
      break;
    }
    passed = next;
  }
  return range;
}

function show(range) {
  if (!window.CSS?.highlights) return;
  CSS.highlights.delete("spoken");
  if (range) CSS.highlights.set("spoken", new Highlight(range));
}

function speak() {
  const range = sentences[at];
  if (!range) return stop();
  const words = new SpeechSynthesisUtterance(range.toString());
  words.lang = language;
  words.voice = speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language.toLowerCase())) ?? null;
  words.onend = () => {
    if (!isPlaying || words.isOld) return;
    at += 1;
    speak();
  };
  words.onerror = () => { if (!words.isOld) stop(); };
  current = words;
  show(range);
  speechSynthesis.speak(words);
}

let current = null;

function silence() {
  if (current) current.isOld = true;
  speechSynthesis.cancel();
}

function stop() {
  isPlaying = false;
  silence();
  show(null);
  if (at >= sentences.length) at = 0;
  play.textContent = listen;
}

function start() {
  isPlaying = true;
  play.textContent = place.dataset.pause;
  speak();
}

const play = place.querySelector("button");
const listen = play.textContent;
play.addEventListener("click", () => (isPlaying ? stop() : start()));
const next = play.cloneNode();
next.textContent = place.dataset.next;
next.addEventListener("click", () => {
  silence();
  at = Math.min(at + 1, sentences.length - 1);
  if (isPlaying) speak();
  else start();
});
place.append(" ", next);
addEventListener("pagehide", silence);
start();
