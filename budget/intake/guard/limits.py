"""How much of anything an upload may hold; more than any honest budget needs.

Each limit bounds what a reader can be made to do by few bytes: openpyxl and python-docx build objects for what a file
only claims, and they work in the web process.
"""

MIB = 1024 * 1024
MAX_FILE = 5 * MIB  # an honest budget has 20–100 KB; scans and photographs do not belong in it
MAX_PDF = 20 * MIB  # fonts and pictures make a PDF larger than what it says
MAX_UPLOAD = MAX_PDF  # no file of any kind is larger
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
MAX_NESTING = 3  # tables within tables: a form in a frame in a frame; each level is read by a deeper call
MAX_CELL_TEXT = 32_767  # characters: Excel's own limit, taken for cells in Word, too
MAX_PARAGRAPH = 100_000  # characters: a whole narrative in one paragraph has a tenth
MAX_NAMES = 2_000  # defined names: 430,000 cost openpyxl 480 MB
MAX_STYLE_TAGS = 100_000  # 200,000 styles cost it 390 MB; old workbooks do collect some 10,000
MAX_RICH_RUNS = 20_000  # pieces of text with a format of their own, in shared strings or in cells: 50 µs each
MAX_RULES = 5_000  # conditional formats and validations of a sheet: 70 µs each
MAX_EXTRAS = 50_000  # whatever else stands in sheets beside cells and their values: widths, breaks, ranges
MAX_OTHER_TAGS = 200_000  # in the parts that are neither sheets, strings, styles nor text: 10,000 comments make 150,000
MAX_LINKS = 10_000  # relationships
MAX_TYPES = 2_000  # content types: there are no more than 200 parts
MAX_NAME = 255  # characters of a sheet's name; Excel allows 31
MAX_REFERENCES = 200_000  # characters written as numbers (&#22995;), which are looked up one by one
MAX_TABLES = 500  # in a Word file, inner ones included: 100,000 cost python-docx 18 s
MAX_PARAGRAPHS = 20_000  # in a Word file, those in cells included
MAX_WORD_RUNS = 100_000
MAX_WORD_STYLES = 5_000
MAX_TEXT = 1_000_000  # characters of a Word text, spaces between its tags included: an honest one has 50,000
MAX_MARKS = 10_000  # combining marks in a part; an honest budget has none
MAX_PAGES = 300  # of a PDF: an honest one has 20 to 60
MAX_OBJECTS = 20_000  # of a PDF: 35 pages with tables have some 300
MAX_STREAM = 20 * MIB  # one stream of a PDF, inflated; a page of figures has 100 KB
MAX_INFLATED = 100 * MIB  # all of them
