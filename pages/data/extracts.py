"""What state are the extracts in: how far do they reach, what was rejected, what is absent?"""

from qa import session
from qa.session import data
from qa.session.extracts import extract_items
from qa.session.viewer import viewer

session.board(extract_items(data.folder(), data.warehouse(), viewer().scope))
