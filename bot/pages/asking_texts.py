"""The markup of the page of a request. Every value is escaped by the environment that renders it."""

from bot.pages.texts import FRAME

REQUEST = """<p class="soft">A request for your approval</p><h1>{{ words.question }}</h1>
<dl>{% for label, value in words.rows %}<dt>{{ label }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"""
FLAW = """{% if asking.flaw %}<p class="flaw" role="alert">{{ asking.flaw }}</p>{% endif %}"""
OPENS = """{% extends "frame" %}{% block title %}{{ words.question }}{% endblock %}{% block body %}"""
SEND = """<form method="post" action="{{ asking.here }}/code">
<input type="hidden" name="asked" value="{{ asking.asked }}">
<button type="submit"{% if asking.coded %} class="quiet"{% endif %}>{{ "Send me another code" if asking.coded
else "Send me a code in Slack" }}</button></form>"""
# The first button is what Enter presses: it does nothing, so that nobody approves by Enter.
DECIDE = """<form method="post" action="{{ asking.here }}/decide"><button type="submit" disabled hidden></button>
<label for="code">The code, {{ digits }} digits</label>
<input type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required>
<label for="reason">For a no: why?</label>
<textarea id="reason" name="reason" rows="2" maxlength="200">{{ typed.reason }}</textarea>
<label for="yes_if">For a no: what would make it a yes?</label>
<textarea id="yes_if" name="yes_if" rows="2" maxlength="500">{{ typed.yes_if }}</textarea>
<button type="submit" name="verb" value="approve">Approve</button>
<button type="submit" name="verb" value="reject" class="quiet">Reject</button></form>"""
CODE = (
    OPENS
    + FLAW
    + REQUEST
    + """<h2>Decide</h2>{% if asking.coded %}
<p>{{ asking.name }}, the code is in your messages with Countersign in Slack.
It works for {{ minutes }} minutes, once.</p>"""
    + DECIDE
    + "{% else %}<p>To approve or reject it here you need a code. It comes to {{ asking.name }} in Slack, "
    "and nowhere else.</p>{% endif %}" + SEND + "{% endblock %}"
)
IN_SLACK = (
    OPENS
    + FLAW
    + REQUEST
    + """<h2>Decide in Slack</h2>
<p>This deal is too large to be decided by mail.
The request waits in Slack, in the Home of Countersign.</p>{% endblock %}"""
)
KEPT = OPENS + REQUEST + "{% endblock %}"
ENDED = """{% extends "frame" %}{% block body %}<h1>{{ bold }}</h1><p>{{ rest }}</p>{% endblock %}"""
PAGES = {"frame": FRAME, "code": CODE, "slack": IN_SLACK, "kept": KEPT, "ended": ENDED}
