"""What each app tells in digests, and which lists' searches can be saved."""

from procurement import alerts as procurement
from registry import alerts as registry
from registry.digests import Searchable, register_list, register_source


def register_alerts() -> None:
    register_source(registry.decisions_due)
    register_list(
        "contracts", Searchable("Contracts", "registry:contracts", registry.contracts_found)
    )
    register_list(
        "opportunities",
        Searchable("Opportunities", "procurement:opportunities", procurement.opportunities_found),
    )
    register_list("demand", Searchable("Demand", "procurement:demand", procurement.demand_found))
    register_list(
        "frameworks",
        Searchable("Frameworks", "procurement:frameworks", procurement.frameworks_found),
    )
