"""How is every metric defined, and which targets hold?"""

from qa.agents.words import appraisal_parts, rules_in_words
from qa.config import config_path, load_config
from qa.dictionary import configuration, definitions, explanation_rules, targets_set
from qa.explanations.rules import Rules
from qa.i18n import _
from qa.names import center_names
from qa.session import data
from qa.session.reading import section, show
from qa.session.viewer import viewer
from qa.words import METRIC_GROUPS, group_word

build = data.warehouse()
config = build.config if build else load_config(data.folder())
sections = [section(group_word(group), "", definitions(build, config, group)) for group in METRIC_GROUPS]
if build:
    sections.append(section(_("Targets set by the extracts"), "", targets_set(build, viewer().scope, center_names(build))))
rules = Rules.configured(config, config_path(data.folder())).all
note = _(
    "By the target in force on the last day of the center's month; "
    "a rule that names a center comes before one for all, and a target's own gap before the rule's."
)
rows = explanation_rules(build, viewer().scope, rules, center_names(build) if build else {})
sections.append(section(_("Rules of explanations"), note, rows))
change = _("Change them in qa.toml beside the extracts, then run: python -m qa build")
sections.append(section(_("Appraisal in force"), rules_in_words(config.appraisal), appraisal_parts(config.appraisal)))
sections.append(section(_("Configuration in force"), change, configuration(config)))
show(sections)
