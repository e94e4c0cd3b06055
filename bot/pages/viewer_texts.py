"""The markup of the pages on which somebody reads documents, and the script that counts seconds on a page."""

from base64 import b64encode
from hashlib import sha256

from bot.pages.style import CSS, HASH

# Counts the page in the middle of the window while it is looked at. What was not taken is kept for the next time.
SCRIPT = """
(()=>{const at=document.body.dataset.time,every=+document.body.dataset.every*1000,seen={};
setInterval(()=>{if(document.visibilityState!=='visible')return;
const mid=document.elementFromPoint(innerWidth/2,innerHeight/2),page=mid&&mid.closest('[data-page]');
if(page)seen[page.dataset.page]=(seen[page.dataset.page]||0)+1},1000);
const send=()=>{const told={...seen};if(!Object.keys(told).length)return;
fetch(at,{method:'POST',body:JSON.stringify(told),keepalive:true}).then(r=>{
if(r.status===202)for(const k in told)if(!(seen[k]-=told[k]))delete seen[k]}).catch(()=>{})};
setInterval(send,every);addEventListener('visibilitychange',()=>{if(document.visibilityState==='hidden')send()})})()
"""
VIEWER_CSS = (
    CSS
    + """
main.wide{max-width:60rem}
nav ol{padding-left:1.2rem}
figure{margin:1.2rem 0}
figure img{width:100%;height:auto;display:block;border:1px solid var(--line);background:#fff}
figcaption{color:var(--soft);font-size:.85rem;margin-top:.3rem}
section{border-top:1px solid var(--line);margin-top:2.5rem}
"""
)
CSP_OF_VIEWER = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(VIEWER_CSS.encode()).digest()).decode()}' 'sha256-{HASH}'",
        f"script-src 'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{% if waiting %}<meta http-equiv="refresh" content="4">{% endif %}
<title>Documents from {{ company.name }}</title><style>{{ css|safe }}</style></head>
<body data-time="{{ here }}/time" data-every="{{ every }}"><main class="wide">{% block body %}{% endblock %}
<p class="soft">{{ company.legal_name }}, {{ company.city }}. Questions: {{ contact }}.
<a href="{{ company.privacy_url }}">Privacy</a></p></main>{% block script %}{% endblock %}</body></html>"""
VIEWER = """{% extends "frame" %}{% block body %}
<p class="soft">{{ company.name }}, for {{ share.name }}</p><h1>Documents for {{ customer }}</h1>
<p class="soft">Version {{ share.version }}. This page is yours alone until {{ until }}.
<a href="#recorded">What we record</a></p>
{% if flaw %}<p class="flaw" role="alert">{{ flaw }}</p>{% endif %}
{% if said %}<p role="status">Thank you: {{ company.name }} has your comment.</p>{% endif %}
<nav aria-label="Documents"><ol>{% for each in documents %}<li>
<a href="#document-{{ each.no }}">{{ each.file.title }}</a>
<span class="soft">{{ each.file.number }}, {{ each.file.pages }} page{{ "s" if each.file.pages != 1 }}</span></li>
{% endfor %}</ol></nav>
{% for each in documents %}<section id="document-{{ each.no }}"><h2>{{ each.file.title }}</h2>
<p class="soft">{{ each.file.number }} · <a href="{{ here }}/documents/{{ each.no }}">Open as PDF</a></p>
{% if each.pictures %}{% for picture in each.pictures %}
<figure data-page="{{ each.no }}.{{ loop.index }}">
<img src="{{ here }}/documents/{{ each.no }}/{{ loop.index }}.png" width="909" height="1286" loading="lazy"
alt="{{ each.file.title }}, page {{ loop.index }} of {{ each.file.pages }}; its words are under Read as text">
<figcaption>Page {{ loop.index }} of {{ each.file.pages }}</figcaption></figure>{% endfor %}
{% else %}<p>The pages are being prepared. This takes seconds; the PDF can be opened now.</p>{% endif %}
{% if each.clauses %}<details><summary>Read as text</summary><dl>{% for clause in each.clauses %}
<dt>{{ clause.anchor }}</dt><dd>{{ clause.text }}</dd>{% endfor %}</dl></details>
{% if outside %}<details><summary>Comment on a clause</summary><form method="post" action="{{ here }}/comment">
<input type="hidden" name="document" value="{{ each.no }}"><label for="clause-{{ each.no }}">Clause</label>
<select id="clause-{{ each.no }}" name="clause">{% for clause in each.clauses %}
<option value="{{ loop.index0 }}">{{ clause.anchor }}: {{ clause.text[:60] }}</option>{% endfor %}</select>
<label for="words-{{ each.no }}">Your comment</label>
<textarea id="words-{{ each.no }}" name="words" rows="3" maxlength="1000" required></textarea>
<button type="submit">Send to {{ company.name }}</button></form></details>{% endif %}{% endif %}</section>{% endfor %}
<h2 id="recorded">What we record</h2>
<p>That this link was opened and when, and how many seconds each page was on your screen. Nothing else: no other site,
no place, no device. {{ company.name }} sees it, to know what to talk about with you.</p>
{% endblock %}{% block script %}<script>{{ script|safe }}</script>{% endblock %}"""
CLOSED = """{% extends "frame" %}{% block body %}<h1>{{ title }}</h1><p>{{ why }}</p>
<p>Ask {{ contact }} for a new link.</p>{% endblock %}"""
PAGES = {"frame": FRAME, "viewer": VIEWER, "closed": CLOSED}
