"""How much of anything an upload may hold; more than any honest budget needs.

Each limit bounds what a reader can be made to do by few bytes: openpyxl and python-docx build objects for what a file
only claims, and they work in the web process.
"""

MIB = 1024 * 1024
MAX_FILE = 5 * MIB  # an honest budget has 20–100 KB; scans and photographs do not belong in it
MAX_UPLOAD = MAX_FILE  # no file of any kind is larger
MAX_MEMBERS = 3_000  # files in a county's archive: six hundred bodies, some of them table by table
MAX_ARCHIVE = 200 * MIB  # packed; budgets of 600 bodies take some 60 MB
MAX_UNPACKED = 1024 * MIB  # all members together, of which one at a time is in memory
MAX_DIRECTORY = 2 * MIB  # an archive's list of its members: each costs an object before it can be counted
MAX_ENTRIES = 200  # thirty sheets make some forty parts
MAX_PART = 20 * MIB  # the largest honest part seen has 0.4 MB
MAX_PACKAGE = 40 * MIB  # kept in memory while it is looked at
MAX_RATIO = 100  # deflate reaches 1,000 on a bomb; XML of real tables stays near 20
RATIO_FROM = MIB  # small parts may compress well by chance
PIECE = 64 * 1024  # a part that lies about its size costs one piece, not the whole
MAX_TAGS = 1_500_000  # 200,000 cells with closing tags; what an XML tree costs is counted in elements
MAX_ROWS = 5_000  # openpyxl walks to the highest row and column, empty or not
MAX_COLUMNS = 200
MAX_CELLS = 200_000  # over the whole workbook, or over all tables of a Word file
MAX_AREA = 500_000  # highest row × highest column, summed: openpyxl makes a cell for each place it passes
MAX_STRINGS = 100_000  # openpyxl reads them all before the first sheet, whether a cell points to them or not
MAX_MERGES = 2_000  # over the whole workbook, as are the next two
MAX_MERGED_CELLS = 10_000  # openpyxl makes an object for each covered cell
MAX_LINKED_CELLS = 10_000  # and copies a hyperlink to each cell of its range
MAX_SPAN = 100  # columns one Word cell may cover: 20,000,000 costs python-docx 88 s
MAX_NESTING = 3  # tables within tables: nothing is read from the inner ones, they are layout
