"""How every page looks: one column, large type, no script, readable on a phone and in the dark."""

from base64 import b64encode
from hashlib import sha256

CSS = """
:root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6475;--paper:#fff;--line:#d8dde6;--act:#1f5f4a;--warn:#8a3b12}
@media (prefers-color-scheme:dark){:root{--ink:#e9edf4;--soft:#a5aec0;--paper:#14181f;--line:#333b48;--act:#4fa386;
--warn:#f0a879}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55
Georgia,"Source Serif 4",serif}main{max-width:40rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:1.1rem;margin:2.2rem 0 .5rem}
p,li{margin:.5rem 0}
.soft{color:var(--soft);font-size:.94rem}ul,ol{padding-left:1.2rem}
ol.steps{list-style:none;padding:0;display:flex;gap:1.2rem;color:var(--soft);font-size:.94rem}
ol.steps b{color:var(--ink)}
.files li{border-bottom:1px solid var(--line);padding:.6rem 0;list-style:none}.files{padding:0}a{color:var(--act)}
.flaw{border-left:4px solid var(--warn);padding:.4rem .9rem;color:var(--warn)}label{display:block;margin:.9rem 0 .3rem}
input[type=text],textarea,select{width:100%;font:inherit;padding:.6rem;border:1px solid var(--soft);border-radius:4px;
background:transparent;color:inherit}input[type=checkbox]{transform:scale(1.3);margin-right:.6rem}
button{font:inherit;margin-top:1rem;padding:.7rem 1.4rem;border:0;border-radius:4px;background:var(--act);color:#fff}
:root button.quiet{background:transparent;color:var(--soft);border:1px solid var(--line)}details{margin-top:2.5rem}
dl{margin:0}dt{color:var(--soft);font-size:.85rem;margin-top:.8rem}dd{margin:0}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
"""
HASH = b64encode(sha256(CSS.encode()).digest()).decode()
CSP = f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
