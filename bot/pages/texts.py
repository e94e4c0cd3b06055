"""The pages' markup. Every value is escaped by the environment that renders it."""

LOST = "lost"
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{{ company.name }}{% endblock %}</title><style>{{ css|safe }}</style></head>
<body><main>{% block body %}{% endblock %}
<p class="soft">{{ company.legal_name }}, {{ company.city }}. Questions: {{ contact }}.
<a href="{{ company.privacy_url }}">Privacy</a></p></main></body></html>"""
FLAW = """{% if flaw %}<p class="flaw" role="alert">{{ flaw }}</p>{% endif %}"""
HEAD = """{% extends "frame" %}{% block title %}Contract with {{ company.name }}{% endblock %}{% block body %}
<p class="soft">For {{ signer.name }}, {{ signer.title }}</p>"""
STOP = """<details><summary>I do not want to sign now</summary>
<form method="post" action="{{ here }}/decline"><label for="way">What shall happen?</label>
<select id="way" name="way"><option value="question">I have a question</option>
<option value="someone_else">Somebody else signs</option><option value="decline">I decline</option></select>
<label for="words">In your own words</label><textarea id="words" name="words" rows="3" maxlength="1000" required>
</textarea><button class="quiet" type="submit">Tell {{ company.name }}</button></form></details>"""
FILES = """<ul class="files">{% for number, file, opened in files %}<li>
<a href="{{ here }}/documents/{{ number }}">{{ file.title }}</a> <span class="soft">{{ file.number }},
{{ file.pages }} page{{ "s" if file.pages != 1 }}{{ ", opened" if opened }}</span></li>{% endfor %}</ul>"""
AGREE = (
    HEAD
    + """<h1>Your contract with {{ company.name }} is ready</h1>
<ol class="steps"><li><b>1 Agree</b></li><li>2 Read</li><li>3 Sign</li></ol>"""
    + FLAW
    + """<p>You can read and sign it on this page until {{ until }}. First, this is how it works:</p>
<ul>{% for point in consent.points %}<li>{{ point }}</li>{% endfor %}</ul>
<form method="post" action="{{ here }}/consent">
<label for="consent"><input type="checkbox" id="consent" name="consent" value="yes" required>{{ consent.tick }}</label>
<button type="submit">Continue</button></form>"""
    + STOP
    + "{% endblock %}"
)
READ = (
    HEAD
    + """<h1>Read and sign</h1><ol class="steps"><li>1 Agree</li><li><b>2 Read</b></li><li><b>3 Sign</b></li></ol>"""
    + FLAW
    + """<p>Open each document; then the last step is yours.</p>"""
    + FILES
    + """<form method="post" action="{{ here }}/sign"><input type="hidden" name="seen" value="{{ seen }}">
<input type="hidden" name="sentence" value="{{ sentence }}"><h2>Sign</h2><p>{{ sentence }}</p>
<label for="name">Your full name, as it stands in the documents</label>
<input type="text" id="name" name="name" maxlength="120" autocomplete="name" required>
{% if not all_opened %}<p class="soft">Documents that you have not opened yet come first.</p>{% endif %}
<button type="submit">Sign</button></form>"""
    + STOP
    + "{% endblock %}"
)
DONE = (
    HEAD
    + """<h1>You have signed</h1><p>{{ signed }}. Thank you.</p>
{% if sealed %}<p>Everybody has signed. <a href="{{ here }}/contract">Open the finished contract</a></p>
{% else %}<p>You get a copy by mail when everybody has signed.</p>{% endif %}"""
    + FILES
    + "{% endblock %}"
)
WAITING = HEAD + "<h1>It is not your turn yet</h1><p>{{ waiting }} signs first. You get a mail then.</p>{% endblock %}"
ENDED = HEAD + "<h1>This contract can no longer be signed here</h1><p>Write to {{ contact }}.</p>{% endblock %}"
STOPPED = HEAD + "<h1>Thank you, we heard you</h1><p>A person writes to you. Nothing is signed.</p>{% endblock %}"
NOTHING_HERE = """{% extends "frame" %}{% block body %}<h1>There is nothing at this address</h1>
<p>Use the link in the newest mail from us, or write to {{ contact }}.</p>{% endblock %}"""
PAGES = {
    "frame": FRAME,
    "agree": AGREE,
    "read": READ,
    "done": DONE,
    "waiting": WAITING,
    "ended": ENDED,
    "stopped": STOPPED,
    LOST: NOTHING_HERE,
}
