"""The glossary: our own plain words for what stands on the pages, and the terms that townships explain."""

import re

_TERM = re.compile(r"^\d{1,2}[、.]\s*(.{2,20}?)[：:](.+)$", re.S)

PLAIN = (
    ("部门预算", "一个部门（这里是乡镇政府）一年里打算收多少钱、花多少钱、花在哪里的计划，由人民代表大会批准。"),
    ("万元", "一万元人民币。表里的 1.50 就是 15,000 元。"),
    ("财政拨款", "政府财政拨给这个部门的钱，来自税收等公共收入。"),
    ("一般公共预算", "主要用税收安排的钱，用于公共服务，是财政拨款里最主要的一种。"),
    ("政府性基金预算", "为特定用途专门收取的钱，例如土地出让收入，只能用在规定的方面。"),
    ("国有资本经营预算", "国有企业上交的利润等，只能用在规定的方面。"),
    ("上年结转", "上一年安排了但没有花完、今年接着用的钱。"),
    ("基本支出", "保证单位运转的钱：人员工资、办公、水电等。"),
    ("人员经费", "基本支出里发给人的部分：工资、津贴、社会保险、退休费等。"),
    ("公用经费", "基本支出里办公用的部分：办公费、取暖费、公务用车等。"),
    ("项目支出", "为办一件具体的事安排的钱，每个项目都要说明目标和花法。"),
    ("“三公”经费", "因公出国（境）、公务用车购置和运行、公务接待三项花费。"),
    ("机关运行经费", "保证机关运转、买货物和服务的公用经费。"),
    ("类、款、项", "支出按用途分三级：类最大，款其次，项最细。编码 3 位是类，5 位是款，7 位是项。"),
    ("栏次", "表格里各栏的编号，方便说“第几栏”。"),
    ("绩效目标", "花这笔钱要达到什么效果，用数量、质量、时间、成本、效益和满意度来说明。"),
    ("政府采购", "用财政的钱买东西、买服务，要按规定的办法来买。"),
    ("核对", "本站把表里印的每个数与它应该等于的明细之和比一比；不符的地方都写在表下，没有核对的也写明。"),
)


def plain_words():
    """[{term, text}] of our own explanations."""
    return [{"term": term, "text": text} for term, text in PLAIN]


def printed_terms(disclosure):
    """[{term, text}] that a township explains in its section 名词解释."""
    sections = disclosure.content["narrative"]["sections"]
    paragraphs = next((s["paragraphs"] for s in sections if "名词解释" in s["title"]), [])
    matches = filter(None, map(_TERM.match, paragraphs))
    return [{"term": match[1], "text": match[2]} for match in matches]
