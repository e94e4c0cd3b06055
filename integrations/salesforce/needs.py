"""Which objects and fields of Salesforce are read and written: what an installation must have, and nothing more."""

from dataclasses import dataclass

CREATE, EDIT = "create", "edit"


@dataclass(frozen=True, slots=True)
class Need:
    """`key` is the external id; `rights` go beyond reading. What is written is read back as well."""

    reads: frozenset[str]
    writes: frozenset[str] = frozenset()
    key: str = ""
    rights: frozenset[str] = frozenset()

    @property
    def fields(self) -> frozenset[str]:
        return self.reads | self.writes | ({self.key} if self.key else frozenset())

    @property
    def custom(self) -> frozenset[str]:
        return frozenset(name for name in self.fields if name.endswith("__c"))


def _need(reads: str, writes: str = "", key: str = "", rights: str = "") -> Need:
    return Need(frozenset(reads.split()), frozenset(writes.split()), key, frozenset(rights.split()))


NEEDS: dict[str, Need] = {
    "Account": _need(
        "Name Industry BillingStreet BillingCity BillingPostalCode BillingCountryCode NumberOfEmployees VAT_Id__c"
        " Credit_Rating__c Credit_Limit__c Credit_Checked_On__c BillingStateCode Public_Body__c"
        " Master_Agreement_On__c Data_Agreement_On__c Legal_Terms__c Strategic__c"
    ),
    "Contact": _need("Name Email Title Salutation"),
    "ContentDocumentLink": _need(
        "Id ContentDocumentId LinkedEntityId", "ContentDocumentId LinkedEntityId ShareType", rights=CREATE
    ),
    "ContentVersion": _need(
        "Id ContentDocumentId Countersign_Key__c IsLatest",
        "Title PathOnClient VersionData FirstPublishLocationId ContentDocumentId Countersign_Key__c",
        "Countersign_Key__c",
        CREATE,
    ),
    "Contract": _need(
        "Id Status Countersign_Key__c Days_Late__c Ended_Early_On__c",
        "AccountId Status StartDate ContractTerm CustomerSignedId CustomerSignedDate CustomerSignedTitle",
        "Countersign_Key__c",
        f"{CREATE} {EDIT}",
    ),
    "Opportunity": _need(
        "Id Name StageName Amount CurrencyIsoCode CloseDate OwnerId Term_Months__c Starts_On__c Payment_Days__c"
        " Main_Competitor__c Deal_Channel__c Shared_Channel__c NextStep SystemModstamp LastModifiedById"
        " LastModifiedDate ContractId AccountId IsClosed IsWon CreatedDate Loss_Reason__c"
        " Data_Hosting__c Own_Paper__c Documents_Asked__c Positioning__c Strategic__c",
        "StageName CloseDate ContractId Countersign_Deal__c Payment_Days__c NextStep Positioning__c",
        "Countersign_Deal__c",
        EDIT,
    ),
    "OpportunityContactRole": _need(
        "Id OpportunityId ContactId Role IsPrimary", "OpportunityId ContactId Role", rights=f"{CREATE} {EDIT}"
    ),
    "OpportunityHistory": _need("StageName CreatedDate"),
    "OpportunityLineItem": _need(
        "Id Quantity UnitPrice Discount TotalPrice Description SortOrder", "Discount", rights=EDIT
    ),
    "Product2": _need("ProductCode"),
    "Task": _need(
        "Countersign_Key__c Status Subject ActivityDate OwnerId WhatId",
        "Subject ActivityDate WhatId Status OwnerId",
        "Countersign_Key__c",
        f"{CREATE} {EDIT}",
    ),
    "User": _need("Id Name Email IsActive ManagerId UserType"),
    "UserRole": _need("Name"),
}
