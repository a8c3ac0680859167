"""Plain functions that make rows for tests: sensible when called bare, exact where told.

Every one takes the model's own fields as keyword arguments. What a row needs and was not given
is made as well. Names and codes count upwards, so that no two rows are alike by accident.
"""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.core.files.base import ContentFile

from imports.models import Upload
from procurement.models import (
    Assumption,
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    Engagement,
    Framework,
    FrameworkAward,
    FrameworkFile,
    IntendedDemand,
    JointBuy,
    Lot,
    LotSupplier,
    Opportunity,
    Participant,
    Pledge,
    SavingPrior,
    Threshold,
)
from procurement.models.opportunities import listed
from registry.actions import withhold
from registry.models import (
    Category,
    Contract,
    Council,
    Digest,
    Grouping,
    Job,
    Membership,
    Role,
    SavedSearch,
    Source,
    Statement,
    Succession,
    Supplier,
    SupplierIdentifier,
    SupplierName,
    User,
)

# The day it is in every test (`tests/conftest.py` sets it), so that none depends on the calendar.
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PASSWORD = "a long pass phrase"
FROM = {"source": "made for a test", "as_at": TODAY}

number = count(1)


def make_council(*groupings, **fields):
    """A council, a member of the groupings given."""
    n = next(number)
    name = fields.setdefault("name", f"Borough of Testham {n}")
    fields = {
        "code": f"E07{900000 + n}",
        "short_name": name.removeprefix("Borough of "),
        "type": "district",
        "nation": "England",
        "region": "East of England",
        "invented": True,
        **FROM,
    } | fields
    council = Council.objects.create(**fields)
    for grouping in groupings:
        Membership.objects.create(grouping=grouping, council=council)
    return council


def make_succession(predecessor, successor=None, **fields):
    """One council taking over from another on 1 April 2028."""
    fields = {
        "vesting_date": date(2028, 4, 1),
        "transfer": "whole",
        "status": "order made",
        "source": "made for a test",
    } | fields
    return Succession.objects.create(
        predecessor=predecessor, successor=successor or make_council(), **fields
    )


def make_grouping(**fields):
    n = next(number)
    fields = {
        "code": f"E12{900000 + n}",
        "name": f"Test region {n}",
        "kind": Grouping.Kind.REGION,
        "nation": "England",
        **FROM,
    } | fields
    return Grouping.objects.create(**fields)


def make_category(code="", **fields):
    """The category of this code, made if it is not there."""
    code = code or f"C{next(number)}"
    fields = {"name": f"Things of kind {code}", "pooling": Category.Pooling.NOW, **FROM} | fields
    return Category.objects.get_or_create(code=code, defaults=fields)[0]


def make_supplier(name="", *, company_number="", **fields):
    """A supplier that goes by its name, with a company number if one is given."""
    name = name or f"Testing Supplies {next(number)} Ltd"
    supplier = Supplier.objects.create(name=name, **fields)
    SupplierName.objects.create(
        supplier=supplier, name=name, canonical=name.casefold(), because="the name in a register"
    )
    if company_number:
        SupplierIdentifier.objects.create(supplier=supplier, scheme="GB-COH", value=company_number)
    return supplier


def make_contract(**fields):
    """A three-year contract of £120,000, with what follows from its dates worked out."""
    n = next(number)
    fields = {
        "reference": f"T-{n:04}",
        "title": f"Laptops {n}",
        "start_date": date(2024, 4, 1),
        "end_date": date(2027, 3, 31),
        "total_value": Decimal("120000.00"),
        "value_basis": "total",
        "yearly_value": Decimal("40000.00"),
        "changed_at": NOW,
    } | fields
    for needed, make in (
        ("council", make_council),
        ("supplier", make_supplier),
        ("category", make_category),
    ):
        fields[needed] = fields[needed] if needed in fields else make()
    if fields["supplier"]:
        fields.setdefault("supplier_name", fields["supplier"].name)
    fields.setdefault("earliest_exit", fields["end_date"])
    fields.setdefault("latest_permitted_end", fields["end_date"])
    return Contract.objects.create(**fields)


def make_withholding(contract, what="supplier", reason="sole trader", by=None):
    """As an officer withholds it, with everything that follows."""
    made = withhold(contract, what=what, reason=reason, by=by)
    contract.refresh_from_db()
    return made


def make_source(**fields):
    """A sheet of an uploaded register."""
    fields.setdefault("council", None)
    fields["council"] = fields["council"] or make_council()
    fields = {
        "kind": Source.Kind.UPLOAD,
        "upload": next(number),
        "file_name": "register.xlsx",
        "sheet": "Contracts",
        "columns": {"title": {"column": "B", "heading": "Contract title", "rule": "as written"}},
    } | fields
    return Source.objects.create(**fields)


def make_statement(**fields):
    """What a source says about a contract, at row 5."""
    contract = fields.pop("contract", None) or make_contract()
    source = fields.pop("source", None) or make_source(council=contract.council)
    fields = {"row": 5, "facts": {"title": contract.title}} | fields
    return Statement.objects.create(contract=contract, source=source, **fields)


def make_opportunity(*contracts, **fields):
    """An opportunity that these contracts could join, or two contracts made for it."""
    category = fields.pop("category", None) or (contracts[0].category if contracts else None)
    category = category or make_category()
    grouping = fields.pop("grouping", None) or make_grouping()
    contracts = contracts or tuple(
        make_contract(category=category, council=make_council(grouping)) for _ in range(2)
    )
    annual = sum((contract.yearly_value or Decimal(0) for contract in contracts), Decimal(0))
    fields = {
        "id": uuid.uuid4(),
        "start_date": date(2027, 10, 1),
        "councils": len({contract.council_id for contract in contracts}),
        "contracts": len(contracts),
        "annual_value": annual,
        "total_value": annual * 4,
        "saving_low": percent(annual, 2),
        "saving_mid": percent(annual, 6),
        "saving_high": percent(annual, 12),
        "saving_method": "prior",
        "saving_reasons": "The councils may not need the same specification.",
        "regime_alone": "below threshold",
        "regime_pooled": "above threshold",
        "hhi": 5000,
    } | fields
    opportunity = Opportunity(category=category, grouping=grouping, **fields)
    name_contracts(opportunity, contracts)
    opportunity.save(force_insert=True)
    return opportunity


def name_contracts(opportunity, contracts):
    """As those that join it: their councils are in its grouping, and they can last so long."""
    opportunity.joins = listed(contract.pk.hex for contract in contracts)
    opportunity.council_codes = listed(sorted({contract.council_id for contract in contracts}))
    for contract in contracts:
        Membership.objects.get_or_create(grouping=opportunity.grouping, council=contract.council)
        last = opportunity.start_date - timedelta(days=1)
        if contract.end_date and contract.latest_permitted_end < last:
            let_it_last(contract, last)


def let_it_last(contract, last):
    """By an option to extend, of which its supplier is told two months before it ends."""
    contract.extension, contract.notice_period = "up to 36 months", "2 months"
    contract.latest_permitted_end = last
    contract.save()


def percent(amount, rate):
    return (amount * rate / 100).quantize(Decimal("0.01"))


def joining(opportunity):
    """The contracts an opportunity names, in the order in which they were made."""
    return list(Contract.objects.filter(pk__in=opportunity.contract_ids).order_by("pk"))


def add_to_opportunity(opportunity, *contracts):
    """These contracts join it as well."""
    name_contracts(opportunity, [*joining(opportunity), *contracts])
    opportunity.save()


def make_joint_buy(*councils, **fields):
    """A joint buy that these councils, members of its grouping, are asked into."""
    grouping = fields.pop("grouping", None) or make_grouping()
    councils = councils or tuple(make_council(grouping) for _ in range(2))
    fields = {
        "id": uuid.uuid4(),
        "start_date": date(2027, 10, 1),
        "begun_on": TODAY,
        "councils": len(councils),
        "contracts": len(councils),
        "annual_value": Decimal("80000.00"),
        "total_value": Decimal("320000.00"),
        "saving_low": Decimal("1600.00"),
        "saving_mid": Decimal("4800.00"),
        "saving_high": Decimal("9600.00"),
        "regime_alone": "below threshold",
        "regime_pooled": "above threshold",
    } | fields
    fields["category"] = fields.get("category") or make_category()
    joint_buy = JointBuy.objects.create(grouping=grouping, **fields)
    for council in councils:
        Participant.objects.create(joint_buy=joint_buy, council=council)
    return joint_buy


def make_pledge(joint_buy, council, step="interested", quantity=None, **fields):
    """A council's word, of exactly so many from intent on (100 unless given)."""
    if step in {"intends", "commits", "signed"}:
        quantities = ("quantity_low", "quantity_expected", "quantity_high")
        fields = dict.fromkeys(quantities, quantity or 100) | fields
    participant, _ = Participant.objects.get_or_create(joint_buy=joint_buy, council=council)
    return Pledge.objects.create(participant=participant, step=step, **fields)


def make_framework(*categories, lots=(), **fields):
    """A framework for these categories, with lots of these names."""
    n = next(number)
    fields = {
        "reference": f"TF{n}",
        "name": f"Test framework {n}",
        "owner": "Test Buying Organisation",
        "kind": Framework.Kind.FRAMEWORK,
        "starts": date(2025, 1, 1),
        "ends": date(2028, 12, 31),
        "fee_percent": Decimal("0.50"),
        "users": "any public body",
        **FROM,
    } | fields
    framework = Framework.objects.create(**fields)
    framework.categories.set(categories)
    for place, name in enumerate(lots, start=1):
        Lot.objects.create(framework=framework, number=place, name=name)
    return framework


def make_award(framework, number=1, **fields):
    """An award of a framework, on its first day unless given."""
    fields = {"awarded_on": framework.starts or date(2025, 3, 1), **FROM} | fields
    return FrameworkAward.objects.create(framework=framework, number=number, **fields)


def make_lot(framework, number=1, suppliers=(), **fields):
    """A lot and who is on it, by name."""
    lot = Lot.objects.create(framework=framework, number=number, **{"name": "A lot"} | fields)
    for name in suppliers:
        LotSupplier.objects.create(lot=lot, name=name)
    return lot


def make_framework_file(content=b'{"releases": []}', **fields):
    """A notice that was sent."""
    fields = {"name": "notice.json", "kind": "json", "sha256": "0" * 64} | fields
    return FrameworkFile.objects.create(file=ContentFile(content, "notice.json"), **fields)


def make_engagement(**fields):
    """An event for suppliers, held by a council unless a grouping is given."""
    fields = {
        "held_on": date(2026, 11, 3),
        "how": "event",
        "suppliers": "Acme Ltd\nBirch Ltd",
        "told": "How often laptops are replaced.",
        "notice": "056289-2025",
        "contact": "Olive, 01234 567890",
    } | fields
    fields["category"] = fields.get("category") or make_category("LAP")
    if not {"council", "grouping"} & fields.keys():
        fields["council"] = make_council()
    return Engagement.objects.create(**fields)


def make_ending_demand(**fields):
    """One contract of £40,000 a year that ends in the half-year from April 2027."""
    fields = {
        "code": f"E{next(number)}",
        "half": date(2027, 4, 1),
        "contracts": 1,
        "with_value": 1,
        "yearly_value": Decimal("40000.00"),
    } | fields
    return EndingDemand.objects.create(**of_a_cell(fields))


def make_snapshot(**fields):
    """As of October 2026, which everybody sees in every test."""
    fields = {"quarter": date(2026, 10, 1), "released_on": date(2026, 10, 15)} | fields
    quarter = fields.pop("quarter")
    return DemandSnapshot.objects.get_or_create(quarter=quarter, defaults=fields)[0]


def make_intended_demand(**fields):
    fields = {
        "code": f"2026-10.I{next(number)}",
        "half": date(2027, 4, 1),
        "low": 500,
        "below": 1000,
        "held": {},
    } | fields
    fields["snapshot"] = fields.get("snapshot") or make_snapshot()
    return IntendedDemand.objects.create(**of_a_cell(fields))


def make_demand_price(**fields):
    fields = {
        "code": f"2026-10.P{next(number)}",
        "unit": "laptop",
        "low": 400,
        "high": 630,
    } | fields
    fields["category"] = fields.get("category") or make_category("LAP")
    return DemandPrice.objects.create(snapshot=make_snapshot(), **fields)


def of_a_cell(fields):
    """With a category and an area."""
    fields["category"] = fields.get("category") or make_category("LAP")
    if "area_id" in fields:
        return fields
    return {"area": fields.pop("area", None) or make_grouping(), **fields}


def make_threshold(**fields):
    fields = {
        "code": "goods_services_sub_central",
        "meaning": "Goods and services, councils",
        "amount": Decimal("207720.00"),
        "vat": "including VAT",
        "applies_from": date(2026, 1, 1),
        "applies_to": date(2027, 12, 31),
        "source": "made for a test",
    } | fields
    return Threshold.objects.create(**fields)


def make_saving_prior(category, low="2", mid="6", high="12"):
    return SavingPrior.objects.create(
        category=category, low_percent=low, mid_percent=mid, high_percent=high, **FROM
    )


def make_assumption(code, value, **fields):
    fields = {"meaning": f"what {code} means", "unit": "months", **FROM} | fields
    return Assumption.objects.create(code=code, value=Decimal(value), **fields)


def make_upload(**fields):
    """A file as received: its bytes are not kept unless `file` is given."""
    n = next(number)
    fields["council"] = fields.get("council") or make_council()
    fields = {"name": "register.xlsx", "sha256": f"{n:064x}", "bytes": 1000} | fields
    return Upload.objects.create(**fields)


def make_job(**fields):
    fields = {"task": "imports.tasks.read_upload", "subject": "register.xlsx"} | fields
    return Job.objects.create(**fields)


def make_user(username="", **fields):
    """A person without any role, who signs in with PASSWORD."""
    return User.objects.create_user(
        username or f"person{next(number)}", password=PASSWORD, **fields
    )


def make_officer(*councils, **fields):
    """A procurement officer of these councils, or of one made for them."""
    user = make_user(**fields)
    for council in councils or (make_council(),):
        Role.objects.create(user=user, kind=Role.Kind.OFFICER, council=council)
    return user


def make_buyer(*groupings, **fields):
    """A regional buyer for these groupings, or for one made for them."""
    user = make_user(**fields)
    for grouping in groupings or (make_grouping(),):
        Role.objects.create(user=user, kind=Role.Kind.BUYER, grouping=grouping)
    return user


def make_administrator(**fields):
    user = make_user(**fields)
    Role.objects.create(user=user, kind=Role.Kind.ADMINISTRATOR)
    return user


def make_search_of_address(**fields):
    """A search that somebody without an account asked to be told of, and confirmed."""
    digest, _ = Digest.objects.get_or_create(
        email=fields.pop("email", "jo@supplier.example.org"), defaults={"every": "monday"}
    )
    fields = {"page": "frameworks", "name": "Frameworks"} | fields
    return SavedSearch.objects.create(digest=digest, **fields)
