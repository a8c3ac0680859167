"""What each app tells in digests, and which lists' searches can be saved."""

from procurement import alerts as procurement
from registry import alerts as registry
from registry.digests import Searchable, register_days, register_list, register_topic
from social_value import alerts as social_value

# Not contracts, of which each group says how many it has.
OF_A_CELL = "of contracts or of intentions, each of a category in an area and half-year"
GROUPS = (f"group {OF_A_CELL}", f"groups {OF_A_CELL}")
LISTS = {
    "contracts": Searchable(
        "Contracts",
        "registry:contracts",
        registry.contracts_asked,
        registry.contracts_found,
        ("contract", "contracts"),
    ),
    "opportunities": Searchable(
        "Opportunities",
        "procurement:opportunities",
        procurement.opportunities_asked,
        procurement.opportunities_found,
        ("opportunity", "opportunities"),
    ),
    "demand": Searchable(
        "Demand",
        "procurement:demand",
        procurement.demand_asked,
        procurement.demand_found,
        GROUPS,
        open_to_all=True,
    ),
    "frameworks": Searchable(
        "Frameworks",
        "procurement:frameworks",
        procurement.frameworks_asked,
        procurement.frameworks_found,
        ("framework", "frameworks"),
        open_to_all=True,
    ),
    "needs": Searchable(
        "Social value needs",
        "social_value:needs",
        social_value.needs_asked,
        social_value.needs_found,
        ("need", "needs"),
        open_to_all=True,
    ),
}


def register_alerts() -> None:
    register_topic("decisions", "Decisions due on contracts", registry.decisions_due)
    register_topic("invitations", "Joint buys we are asked into", procurement.invitations)
    register_topic("closing", "Closing dates of joint buys", procurement.closing)
    register_topic("resolved", "Commitments that were resolved", procurement.resolved)
    register_topic("promises", "Social value due or late", social_value.promises_due)
    register_topic("deliveries", "Deliveries to confirm", social_value.deliveries_to_confirm)
    register_topic("needs", "Community needs to decide", social_value.needs_to_decide)
    register_topic("pools", "Pools that wait for your answer", social_value.pools_to_answer)
    register_topic("settled", "What came of your pools", social_value.pools_settled)
    register_days(procurement.closing_days)
    for key, searchable in LISTS.items():
        register_list(key, searchable)
