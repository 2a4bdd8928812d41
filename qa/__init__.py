"""Tingjian's engine room: everything but the screen, usable without Streamlit."""
