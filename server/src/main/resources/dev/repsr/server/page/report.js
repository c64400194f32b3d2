// A page by itself that shows two pictures, to be kept or sent.

function dataUrl(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

function escape(text) {
  return text.replace(/[&<>"]/g, letter => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]);
}

/** Each side has a blob, a label, and the right one its size. */
export async function comparisonPage(title, left, right) {
  const [before, after] = await Promise.all([dataUrl(left.blob), dataUrl(right.blob)]);
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#111;color:#eee}
header,footer{padding:.8rem 1rem;display:flex;gap:1rem;justify-content:space-between;flex-wrap:wrap}
.two{position:relative;overflow:auto;max-height:82vh}.frame{position:relative;width:${right.width}px;height:${right.height}px}
.fit .frame{width:100%;height:auto;aspect-ratio:${right.width}/${right.height}}
img{position:absolute;inset:0;width:100%;height:100%}.l{clip-path:inset(0 calc(100% - var(--at,50%)) 0 0)}
.frame::after{content:"";position:absolute;top:0;bottom:0;left:var(--at,50%);width:2px;background:#fff;box-shadow:0 0 4px #000}
input[type=range]{width:100%;accent-color:#ea580c}
</style></head><body class="fit">
<header><strong>${escape(title)}</strong><label><input type="checkbox" id="full"> 100 %</label></header>
<div class="two"><div class="frame"><img src="${after}" alt="${escape(right.label)}"><img class="l" src="${before}" alt="${escape(left.label)}"></div></div>
<div style="padding:0 1rem"><input type="range" id="at" min="0" max="100" value="50" step="0.1" aria-label="Where the two meet"></div>
<footer><span>Left: ${escape(left.label)}</span><span>Right: ${escape(right.label)}</span></footer>
<script>
var at=document.getElementById('at'),frame=document.querySelector('.frame');
at.oninput=function(){frame.style.setProperty('--at',at.value+'%')};
document.getElementById('full').onchange=function(e){document.body.classList.toggle('fit',!e.target.checked)};
</script></body></html>`;
  return new Blob([html], { type: 'text/html' });
}
