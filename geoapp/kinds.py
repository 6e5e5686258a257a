"""The closed lists of the domain as types. Labels in both languages are in ``layers/codes.toml``.

A contract test holds three things to each other: these lists, the labels, and the CHECK constraints of the database.
"""

from enum import StrEnum


class Quality(StrEnum):
    """How sure a figure or an outline is, best first."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    ESTIMATED = "estimated"
    DEMO = "demo"


class ParkStatus(StrEnum):
    """Where a park stands."""

    PLANNED = "planned"
    PREPARING = "preparing"
    BUILDING = "building"
    OPERATING = "operating"


class ClearanceStage(StrEnum):
    """Stages of land clearance, C0 to C9 (domain reference, section 3). C9 starts the legal clock."""

    C0 = "C0"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"
    C9 = "C9"


class ObstacleReason(StrEnum):
    """The seven groups of reasons why clearance is stuck."""

    PLANNING = "planning"
    INVESTMENT_POLICY = "investment_policy"
    CLEARANCE = "clearance"
    LAND = "land"
    CONSTRUCTION = "construction"
    ENVIRONMENT_FIRE = "environment_fire"
    FINANCE_MARKET = "finance_market"


class InfrastructureKind(StrEnum):
    """Items of shared infrastructure of a park."""

    LEVELLING = "levelling"
    ROADS = "roads"
    POWER = "power"
    WATER_SUPPLY = "water_supply"
    RAINWATER = "rainwater"
    SEWERAGE = "sewerage"
    WASTEWATER_PLANT = "wastewater_plant"
    TELECOM = "telecom"
    FIRE_SAFETY = "fire_safety"
    GREENERY = "greenery"


class InfrastructureState(StrEnum):
    """State of an infrastructure item."""

    NONE = "none"
    PREPARING = "preparing"
    BUILDING = "building"
    COMPLETE = "complete"
    IN_USE = "in_use"


class PlantState(StrEnum):
    """State of a central wastewater treatment plant."""

    NONE = "none"
    PLANNED = "planned"
    BUILDING = "building"
    TRIAL = "trial"
    OPERATING = "operating"
    SUSPENDED = "suspended"


class StandardMet(StrEnum):
    """Whether a plant counts as meeting the standard; missing data are a class of their own."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NOT_OPERATING = "not_operating"


class LeasingVerdict(StrEnum):
    """Whether a plot may be leased today, and if not, what stands in the way."""

    LEASABLE = "leasable"
    BLOCKED_PLANT = "blocked_plant"
    BLOCKED_ROADS = "blocked_roads"
    BLOCKED_POWER = "blocked_power"
    BLOCKED_SEVERAL = "blocked_several"
    NO_DATA = "no_data"
    NOT_READY = "not_ready"
    NOT_FREE = "not_free"
    SHARED = "shared"


class PlantRoom(StrEnum):
    """Whether the wastewater plants of a park have room for a plot."""

    ROOM = "room"
    FULL = "full"
    NONE = "none"
    NO_DATA = "no_data"


class ServiceState(StrEnum):
    """Whether roads or power reach a plot."""

    READY = "ready"
    MISSING = "missing"
    NO_DATA = "no_data"


class NormBasis(StrEnum):
    """Which norm of discharge is used."""

    SECTOR = "sector"
    LAND_USE = "land_use"
    GENERAL = "general"
    NO_DATA = "no_data"


class Saturation(StrEnum):
    """When the wastewater plants of a park are full."""

    NO_DATA = "no_data"
    NO_PLANT = "no_plant"
    FULL = "full"
    ENOUGH = "enough"
    UNDETERMINED = "undetermined"
    FAR = "far"
    DATED = "dated"


class PlotUse(StrEnum):
    """Land-use code of a plot (Circular 08/2024, appendix II)."""

    SKK = "SKK"
    TMD = "TMD"
    DKV = "DKV"
    DGT = "DGT"
    DNL = "DNL"
    DRA = "DRA"
    MNC = "MNC"


class PlotState(StrEnum):
    """What has become of a plot."""

    NOT_CLEARED = "not_cleared"
    CLEARED = "cleared"
    AVAILABLE = "available"
    RESERVED = "reserved"
    LEASED = "leased"
    BUILDING = "building"
    OPERATING = "operating"
    SHARED = "shared"


class ProjectState(StrEnum):
    """Where an investment project stands."""

    REGISTERED = "registered"
    BUILDING = "building"
    OPERATING = "operating"
    STALLED = "stalled"
    ENDED = "ended"


class AccessClass(StrEnum):
    """Who may see a layer: công khai, nội bộ, hạn chế."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class SubjectKind(StrEnum):
    """What an observation is about."""

    PROVINCE = "province"
    ZONE = "zone"
    PARK = "park"
    PLANT = "plant"


class DatePrecision(StrEnum):
    """How exactly the date of a figure is known; an undated figure is kept but never shown as current."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNDATED = "undated"


class ZoneFunction(StrEnum):
    """What a functional area of the zone is for."""

    INDUSTRY = "industry"
    PORT = "port"
    POWER = "power"
    URBAN = "urban"
    TOURISM = "tourism"
    SERVICES = "services"
    TIDAL_FLATS = "tidal_flats"


class Era(StrEnum):
    """Before or since the two-tier administration of 01/07/2025."""

    OLD = "old"
    NEW = "new"


class DischargeColumn(StrEnum):
    """Column of the wastewater standard."""

    A = "A"
    B = "B"
    C = "C"


class Dataset(StrEnum):
    """Which set a batch belongs to; a set can be replaced as a whole. ``IMAGERY``: pictures that are registered."""

    REGISTRY = "registry"
    DEMO = "demo"
    BOARD = "board"
    IMAGERY = "imagery"


class SoftSignal(StrEnum):
    """What the board may want to look at before the law says anything; a choice of the product, no violation."""

    START_LATE = "start_late"
    BUILT_SHARE_LOW = "built_share_low"
    LAND_USED_LOW = "land_used_low"
    SILENT = "silent"
    STALLED = "stalled"


class LandEventKind(StrEnum):
    """What happens to the land of a project, in the order of its way (domain reference, 1.9)."""

    LAND_BASIS = "land_basis"
    ALLOCATION = "allocation"
    HANDOVER = "handover"
    NO_HANDOVER = "no_handover"
    PROGRESS = "progress"
    PROGRESS_CHANGE = "progress_change"
    CONSTRUCTION_START = "construction_start"
    COMPLETION = "completion"
    FORCE_MAJEURE = "force_majeure"
    AUTHORITY_DELAY = "authority_delay"
    CHECK = "check"
    EXTENSION_REQUEST = "extension_request"
    EXTENSION = "extension"
    PAYMENT = "payment"
    PUBLICATION = "publication"
    REMEDY = "remedy"
    RECOVERY_NOTICE = "recovery_notice"
    RECOVERY_DECISION = "recovery_decision"
    RECOVERY_ENFORCEMENT = "recovery_enforcement"
    SUSPENSION = "suspension"
    TERMINATION = "termination"
    SPECIAL_REGIME = "special_regime"


class LandBasis(StrEnum):
    """By which right the investor holds the land."""

    ALLOCATION = "allocation"
    LEASE = "lease"
    SUBLEASE = "sublease"
    TRANSFER = "transfer"


class ProgressForm(StrEnum):
    """How the end of the progress is written."""

    DATE = "date"
    QUARTER = "quarter"
    MONTHS_FROM_HANDOVER = "months_from_handover"
    MONTHS_FROM_DECISION = "months_from_decision"


class ExtensionGround(StrEnum):
    """Why the use was extended: unused for 12 months, or 24 months late."""

    UNUSED = "12m"
    LATE = "24m"


class DecidedBy(StrEnum):
    """Who decided on force majeure; only the Chairman of the provincial People's Committee counts."""

    CHAIRMAN = "chairman"
    OTHER = "other"


class SpecialRegime(StrEnum):
    """Regimes outside of the table, judged by a person."""

    BACKLOG = "backlog"
    SEA_RECLAMATION = "sea_reclamation"
    OTHER = "other"


class ClockSign(StrEnum):
    """How the state of the legal clock is drawn: what is most pressing first."""

    VIOLATION = "violation"
    DUE_30 = "due_30"
    DUE_180 = "due_180"
    LATE = "late"
    EXTENDED = "extended"
    HOLD = "hold"
    DATA_GAP = "data_gap"
    ON_TRACK = "on_track"
    COMPLETE = "complete"
    NO_CLOCK = "no_clock"
    BY_PERSON = "by_person"
    ENDED = "ended"


class ClockState(StrEnum):
    """States of the legal clock (domain reference, 1.6), in the order of the table."""

    MANUAL = "MANUAL"
    COMPLETE = "COMPLETE"
    COMPLETE_LATE = "COMPLETE_LATE"
    TERMINATED = "TERMINATED"
    NO_CLOCK = "NO_CLOCK"
    EXT_EXPIRED = "EXT_EXPIRED"
    EXT_RUNNING = "EXT_RUNNING"
    LATE_24M = "LATE_24M"
    UNUSED_12M = "UNUSED_12M"
    HOLD = "HOLD"
    LATE_UNDER_24M = "LATE_UNDER_24M"
    DATA_GAP = "DATA_GAP"
    ON_TRACK = "ON_TRACK"


class CaseKind(StrEnum):
    """How a case came up: from the legal clock, or flagged by a person."""

    CLOCK = "clock"
    FLAG = "flag"


class CaseState(StrEnum):
    """Where a case stands in its life."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CHECK_PROPOSED = "check_proposed"
    NOTIFIED = "notified"
    EXTENDED = "extended"
    RECOVERY_PROPOSED = "recovery_proposed"
    REMEDIED = "remedied"
    CLOSED = "closed"


class CaseStep(StrEnum):
    """What is done about a case, or noted on it."""

    OPEN = "open"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    PROPOSE_CHECK = "propose_check"
    NOTIFY = "notify"
    EXTEND = "extend"
    PROPOSE_RECOVERY = "propose_recovery"
    REMEDY = "remedy"
    CLOSE = "close"
    ASSIGN = "assign"
    TAKE = "take"
    NOTE = "note"
    EVIDENCE = "evidence"
    CONDITION_ENDED = "condition_ended"
    CONDITION_RETURNED = "condition_returned"
