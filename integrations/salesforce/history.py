"""Deals that are over, page by page, with all that Salesforce knows of them."""

from integrations.salesforce import soql
from integrations.salesforce.port import CrmHistory, CrmHistoryLine
from integrations.salesforce.soql import Record

AFTER = (
    "SELECT Id, Name, Account.Name, Account.Industry, CurrencyIsoCode, Amount, Payment_Days__c, Term_Months__c, IsWon,"
    " Loss_Reason__c, Main_Competitor__c, Positioning__c, CreatedDate, CloseDate,"
    " (SELECT Product2.ProductCode, Quantity, UnitPrice, Discount, TotalPrice FROM OpportunityLineItems),"
    " (SELECT Role FROM OpportunityContactRoles), (SELECT StageName, CreatedDate FROM OpportunityHistories)"
    " FROM Opportunity WHERE IsClosed = true AND Id > {} ORDER BY Id LIMIT 200"
)
FIRST = "000000000000000"  # every id comes after it


def past(record: Record) -> CrmHistory:
    """Raises Refused, with the field's name."""
    told, lines = soql.past_deal(record), soql.children(record, soql.LINES)
    return CrmHistory(
        **told.model_dump(),
        loss_reason=soql.text(record, "Loss_Reason__c"),
        lines=tuple(_line(line) for line in lines),
        roles=tuple(soql.text(role, "Role") for role in soql.children(record, soql.ROLES_OF) if role.get("Role")),
        stages=tuple(_stage(row) for row in soql.children(record, "OpportunityHistories")),
    )


def _line(told: Record) -> CrmHistoryLine:
    return CrmHistoryLine(
        product_code=soql.text(soql.related(told, "Product2"), "ProductCode"),
        quantity=soql.number(told.get("Quantity")),
        unit_price=soql.number(told.get("UnitPrice")),
        discount=soql.number(told.get("Discount")),
        total_price=soql.number(told.get("TotalPrice")),
    )


def _stage(told: Record) -> tuple[str, str]:
    return soql.text(told, "StageName"), soql.text(told, "CreatedDate")[:10]
