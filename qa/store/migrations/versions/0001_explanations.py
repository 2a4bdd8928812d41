"""Reported figures, the explanations owed for them, and every change of those."""

import sqlalchemy as sa
from alembic import op

revision = "0001_explanations"
down_revision = None
branch_labels = None
depends_on = None

FIGURES, EXPLANATIONS, CHANGES = "reported_figures", "explanations", "explanation_changes"


def upgrade() -> None:
    op.create_table(
        FIGURES,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("center", sa.String(200), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("metric", sa.String(100), nullable=False),
        sa.Column("date_from", sa.Date, nullable=False),
        sa.Column("date_to", sa.Date, nullable=False),
        *(sa.Column(name, sa.Float(53)) for name in ("numerator", "denominator", "value")),
        sa.Column("n", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Float(53)) for name in ("low", "high", "minimum", "maximum", "gap", "headquarters")),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("build_id", sa.String(64), nullable=False),
        sa.Column("data_until", sa.Date, nullable=False),
        sa.Column("definition_version", sa.String(16), nullable=False),
        sa.Column("definitions", sa.JSON, nullable=False),
        sa.Column("reported_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{FIGURES}"),
        sa.UniqueConstraint("center", "month", "metric", name=f"uq_{FIGURES}_center"),
    )
    op.create_index(f"ix_{FIGURES}_month", FIGURES, ["month"])
    op.create_table(
        EXPLANATIONS,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("figure_id", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("writes", sa.String(40), nullable=False),
        sa.Column("reviews", sa.String(40), nullable=False),
        sa.Column("receives", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("causes", "measures", "attachments")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{EXPLANATIONS}"),
        sa.ForeignKeyConstraint(["figure_id"], [f"{FIGURES}.id"], name=f"fk_{EXPLANATIONS}_figure_id"),
        sa.UniqueConstraint("figure_id", name=f"uq_{EXPLANATIONS}_figure_id"),
    )
    op.create_table(
        CHANGES,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("explanation_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("state_before", sa.String(20), nullable=False),
        sa.Column("state_after", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("is_late", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{CHANGES}"),
        sa.ForeignKeyConstraint(["explanation_id"], [f"{EXPLANATIONS}.id"], name=f"fk_{CHANGES}_explanation_id"),
    )
    op.create_index(f"ix_{CHANGES}_explanation_id", CHANGES, ["explanation_id", "version"])
    for table in (FIGURES, CHANGES):
        _append_only(table)


def downgrade() -> None:
    for table in (CHANGES, EXPLANATIONS, FIGURES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function refuse_change")


def _append_only(table: str) -> None:
    """What was reported and who did what is added to and never changed, whatever program asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create or replace function refuse_change() returns trigger language plpgsql as "
            "$$ begin raise exception '% is only ever added to', tg_table_name; end $$"
        )
        op.execute(f"create trigger {table}_only_added before update or delete on {table} for each row execute function refuse_change()")
        return
    for change in ("update", "delete"):
        op.execute(f"create trigger {table}_no_{change} before {change} on {table} begin select raise(abort, '{table} is only ever added to'); end")
