"""How Alembic runs: on the connection it is given, in one transaction."""

from alembic import context

from qa.store.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
