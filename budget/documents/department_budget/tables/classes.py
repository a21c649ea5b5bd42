"""The 31 expenditure classes that tables 1 and 4 print, in printed order.

Source: the reference disclosure of 2024; class codes from the functional classification of that year.
人行科目 is printed without a code of its own, so no line can belong to it.
"""

from budget.declare.tables import Row, where

_CLASSES = """
201 一般公共服务支出
202 外交支出
203 国防支出
204 公共安全支出
205 教育支出
206 科学技术支出
207 文化旅游体育与传媒支出
208 社会保障和就业支出
209 社会保险基金支出
210 卫生健康支出
211 节能环保支出
212 城乡社区支出
213 农林水支出
214 交通运输支出
215 资源勘探工业信息等支出
216 商业服务业等支出
217 金融支出
219 援助其他地区支出
220 自然资源海洋气象等支出
221 住房保障支出
222 粮油物资储备支出
223 国有资本经营预算支出
224 灾害防治及应急管理支出
227 预备费
229 其他支出
230 转移性支出
231 债务还本支出
232 债务付息支出
233 债务发行费用支出
234 抗疫特别国债安排的支出
235 人行科目
"""

# What a class was called in earlier editions of the classification.
_FORMER = {
    "205": ("教育",),
    "207": ("文化体育与传媒支出", "文化旅游体育与传媒"),
    "210": ("医疗卫生支出", "医疗卫生与计划生育支出"),
    "215": ("资源勘探信息等支出", "资源勘探电力信息等支出", "资源勘探工业信息等"),
    "220": ("国土海洋气象等支出", "国土资源气象等事务"),
    "224": ("灾害防治及应急管理",),
}
_DIGITS = "零一二三四五六七八九"
NO_CODE = "235"


def chinese(number: int) -> str:
    """A number up to 99 in Chinese: 1 → 一, 10 → 十, 31 → 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def _row(ordinal: int, code: str, name: str) -> Row:
    codes = () if code == NO_CODE else (code,)
    short = name.removesuffix("支出")
    return Row(
        code,
        f"{chinese(ordinal)}、{name}",
        where(function=codes),
        "class",
        same_as=(name, short, *_FORMER.get(code, ())),
    )


CLASS_ROWS = tuple(_row(i, *line.split()) for i, line in enumerate(_CLASSES.strip().splitlines(), 1))
