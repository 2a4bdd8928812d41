"""Which tables and columns does the board read?"""

from qa.contract import TABLES
from qa.dictionary import about, columns_of
from qa.i18n import say
from qa.session.reading import section, show

show([section(f"{say(table.label)} · {table.name}", about(table), columns_of(table), table.name) for table in TABLES.values()])
