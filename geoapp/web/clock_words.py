"""Words of the legal clock, as messages: states, notes, fields, marks. A machine never says that somebody is guilty."""

from geoapp.errors import N_

STATES = {
    "MANUAL": N_("A person must judge"),
    "COMPLETE": N_("Put to use"),
    "COMPLETE_LATE": N_("Complete, but was late"),
    "TERMINATED": N_("Project terminated"),
    "NO_CLOCK": N_("Land not handed over"),
    "EXT_EXPIRED": N_("Sign: extension over, still not in use"),
    "EXT_RUNNING": N_("Extension running"),
    "LATE_24M": N_("Sign: 24 months behind schedule"),
    "UNUSED_12M": N_("Sign: land not used for 12 months"),
    "HOLD": N_("On hold: force majeure"),
    "LATE_UNDER_24M": N_("Behind schedule by less than 24 months"),
    "DATA_GAP": N_("Data are missing"),
    "ON_TRACK": N_("On track"),
}
NOTES = {
    "no_allocation_decision_date": N_("The date of the decision on allocation or lease is not on record."),
    "no_handover_area": N_("The handed-over area is not on record."),
    "area_unknown": N_("The area in violation cannot be told: no area is on record."),
    "start_without_evidence": N_("The start of construction has no evidence and counts for nothing."),
    "completion_without_evidence": N_("The completion has no evidence and counts for nothing."),
    "completed_before_start": N_("The completion lies before the start of construction: look at both dates."),
    "no_handover_but_started": N_(
        "It is said that no handover took place, but construction has begun: a contradiction."
    ),
    "handover_after_progress_end": N_("The land was handed over after the end of the progress."),
    "adjusted_after_d24": N_("The progress was adjusted after the 24 months were over: a person must look at it."),
    "adjustment_undated": N_("An adjustment of the progress has no date and counts for nothing."),
    "force_majeure_without_effect": N_(
        "Force majeure without a numbered decision of the Chairman, or without both days, has no effect."
    ),
    "delay_without_effect": N_("A delay without a document, or without both days, has no effect."),
    "extension_undated": N_("A decision on an extension has no date and counts for nothing."),
    "extension_end_differs": N_(
        "The printed end of the extension differs from the counted one; the printed one holds."
    ),
    "extension_over_limit": N_("The extensions together go beyond the law: an error in the data or in a decision."),
    "d24_passed_under_12m_extension": N_("The 24 months have passed under an extension on the 12-month ground."),
    "extension_before_progress_end": N_(
        "The extension on the 12-month ground ends before the end of the progress: a person must look at it."
    ),
    "provisional_date": N_("A date lies in a year without a table of holidays: it is provisional."),
    "before_judged_laws": N_("It would have begun before 01/07/2014, under a law that is not judged here."),
    "law_unverified": N_("The wording in force on the first day was not seen: unverified."),
}
FIELDS = {
    "handover_date": N_("handover date"),
    "progress_end_date": N_("end of progress"),
    "extension_end": N_("end of the extension"),
    "land_basis": N_("basis of the land use"),
    "allocation_decision_date": N_("date of the decision"),
    "handover_area_ha": N_("handed-over area"),
}
MARKS = {
    "law": "",
    "reading": N_("our reading"),
    "own": N_("choice of the product"),
    "unverified": N_("unverified"),
}
# What the colours of a state mean: see the data colours of the legal clock.
TONES = {
    "MANUAL": "hold", "COMPLETE": "done", "COMPLETE_LATE": "done", "TERMINATED": "hold", "NO_CLOCK": "none",
    "EXT_EXPIRED": "violation", "EXT_RUNNING": "extension", "LATE_24M": "violation", "UNUSED_12M": "violation",
    "HOLD": "hold", "LATE_UNDER_24M": "due", "DATA_GAP": "gap", "ON_TRACK": "track",
}  # fmt: skip
