"""Which app shows what on which page, and in what order."""

from imports import panels as imports
from procurement import panels as procurement
from procurement.framework_pages import panels as frameworks
from registry.panels import register
from social_value import panels as social_value


def register_panels() -> None:
    register("home", procurement.what_is_coming)
    register("council", procurement.joint_buys_under_way)
    register("council", procurement.joint_buys_of_council)
    register("council", procurement.company_of_council)
    register("council", procurement.openings_of_council)
    register("council", imports.last_uploads)
    register("contract", procurement.joint_buys_of_contract)
    register("contract", frameworks.framework_of_contract)
    register("contract", social_value.promises_of_contract)
    register("council", social_value.promises_of_council)
    register("supplier", social_value.promises_of_supplier)
    register("joint buy", social_value.promises_joined)
    register("pooled ask", social_value.pooled_ask)
    register("supplier", frameworks.frameworks_of_supplier)
    register("upload", procurement.joint_buys_opened)
    register("upload", procurement.openings_of_council)
