// SPDX-License-Identifier: Apache-2.0

/// How the page looks: light and dark by the reader's own setting, narrow, wide and on paper.
enum PageStyle {
  static let text = base + cards + pictures + narrow + paper

  private static let light = """
    --bg:#f7f7f5;--card:#fff;--ink:#1d2329;--soft:#59636e;
    --line:#d5d9de;--bar:#8a949e;--mark:#fdeecb;--band:#cfe3f5;--expected:#1f6fb5;
    --high:#b3261e;--middle:#9a5b00;--low:#0b6b74;--focus:#1f6fb5
    """

  private static let base = """
    :root{color-scheme:light dark;\(light)}
    @media (prefers-color-scheme:dark){:root{--bg:#14181c;--card:#1d2329;--ink:#e8eaed;
    --soft:#a7b0ba;--line:#39424c;--bar:#7d8792;--mark:#473a1c;--band:#22405a;
    --expected:#79b8f0;--high:#ff8a80;--middle:#f3b95f;--low:#6fd3dc;--focus:#79b8f0}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--bg);color:var(--ink);
    font:1rem/1.45 system-ui,sans-serif}
    h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.2rem}h3{font-size:1.05rem;margin:0}
    h4{font-size:.9rem;margin:1rem 0 .3rem;color:var(--soft)}
    p{margin:.3rem 0}a{color:inherit}
    .soft{color:var(--soft)}
    .value{font-family:ui-monospace,monospace;font-size:.85em;overflow-wrap:anywhere;
    unicode-bidi:isolate}
    :focus-visible{outline:2px solid var(--focus);outline-offset:2px}
    dl.figures{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;margin:.6rem 0}
    dl.figures div{min-width:6rem}dt{color:var(--soft);font-size:.8rem}dd{margin:0}
    .filters{display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:end;margin:1rem 0;
    padding:.7rem;background:var(--card);border:1px solid var(--line);border-radius:.5rem}
    .filters label{display:flex;flex-direction:column;font-size:.8rem;color:var(--soft)}
    .filters input,.filters select,.filters button{font:inherit;font-size:.95rem;
    max-width:14rem;padding:.25rem .4rem;color:var(--ink);background:var(--bg);
    border:1px solid var(--line);border-radius:.3rem}
    .filters output{margin-left:auto;font-size:.9rem}

    """

  private static let cards = """
    .card{margin:0 0 .7rem;background:var(--card);border:1px solid var(--line);
    border-left:.35rem solid var(--tone);border-radius:.4rem;content-visibility:auto;
    contain-intrinsic-size:auto 6rem}
    .high{--tone:var(--high)}.middle{--tone:var(--middle)}.low{--tone:var(--low)}
    .card:target{outline:2px solid var(--focus)}
    .card summary{padding:.6rem .9rem;cursor:pointer}
    .card summary h3{display:inline;overflow-wrap:anywhere}
    .severity{display:inline-block;min-width:2.2em;font-weight:700;color:var(--tone);margin-right:.4em}
    .facts{display:flex;flex-wrap:wrap;gap:.1rem 1rem;color:var(--soft);font-size:.9rem}
    .body{padding:0 .9rem .9rem}
    table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.2rem 0 .6rem}
    caption{text-align:left;color:var(--soft);padding-top:.5rem}
    th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;
    border-bottom:1px solid var(--line)}
    th{font-weight:600}thead th{font-size:.8rem;color:var(--soft)}
    tbody th{font-weight:400}
    td.number,th.number{text-align:right;white-space:nowrap;width:7.5rem}
    .scroll{overflow-x:auto}
    .attributions{display:grid;gap:0 2rem;align-items:start;
    grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr))}
    .clamp{display:block;max-height:9em;overflow:auto}
    .id{font-size:.8rem;color:var(--soft)}

    """

  private static let pictures = """
    svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif;fill:var(--ink)}
    .axis{stroke:var(--line);fill:none}.label{fill:var(--soft)}
    .bar{stroke:var(--bar)}.hot{stroke:var(--tone)}.mark{fill:var(--mark)}
    .band{fill:var(--band)}
    .expected{stroke:var(--expected);fill:none;stroke-width:1.5}
    .usual{stroke:var(--soft);fill:none;stroke-dasharray:4 3}
    .gap{fill:var(--line);opacity:.6}
    .dot{fill:var(--tone);opacity:.85}
    .timeline{min-width:38rem}svg.close,svg.week{max-width:56rem}
    .key{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.8rem;color:var(--soft);
    list-style:none;padding:0;margin:.2rem 0 .6rem}
    .key svg{display:inline-block;width:1.4em;height:.8em;vertical-align:baseline}

    """

  private static let narrow = """
    @media screen and (max-width:40rem){body{padding:.5rem}svg.close,svg.week{font-size:22px}
    svg.timeline{font-size:18px}
    .body{padding:0 .5rem .6rem}td.number,th.number{width:auto}
    .filters label{flex:1 1 8rem}.filters input,.filters select{max-width:none;width:100%}}

    """

  /// On paper a card stands as it stands on the screen, open or folded; what belongs together is
  /// not parted.
  private static let paper = """
    @page{margin:13mm}
    @media print{:root{color-scheme:light;\(light)}
    html{font-size:9.5pt}body{max-width:none;padding:0;background:none}
    .filters{display:none}.card{content-visibility:visible;border-width:0 0 0 .35rem}
    summary{list-style:none;break-inside:avoid}.card summary,.body{padding-top:0;padding-bottom:0}
    .clamp{max-height:none}.scroll{overflow:visible}
    h2,h3,h4,caption,thead,summary{break-after:avoid}
    tr,svg,figure,li,p,dl.figures,.attributions .scroll{break-inside:avoid}
    .attributions{grid-template-columns:1fr 1fr;gap:0 1rem}td.number,th.number{width:auto}
    table{font-size:.8rem}th,td{padding:.1rem .3rem}ul,h4{margin:.3rem 0}p.id{break-before:avoid}
    svg.close,svg.week{max-width:42rem;font-size:15px}.card{margin-bottom:1.2rem}}
    """
}
