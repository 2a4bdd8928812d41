"""What does each branch owe headquarters an explanation for, and where does it stand?"""

from qa import session
from qa.session.explanations.page import show

if not session.no_build():
    show()
