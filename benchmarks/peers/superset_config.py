"""Superset's configuration for the comparison: SQLite for its own data, no cache of query results. Read by Superset itself."""

import os

SECRET_KEY = "comparison-" + "x" * 48
SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.environ['SUPERSET_HOME']}/superset.db?check_same_thread=false"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
FEATURE_FLAGS = {"DASHBOARD_VIRTUALIZATION": True}
PREVENT_UNSAFE_DB_CONNECTIONS = False
ROW_LIMIT = 50000
SESSION_COOKIE_SAMESITE = "Lax"
