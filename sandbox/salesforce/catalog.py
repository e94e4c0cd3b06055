"""The objects of the sandbox's org, as a company that sells subscriptions has them."""

from sandbox.salesforce.schema import (
    Field,
    SObject,
    choice,
    create_only,
    day,
    email,
    external_key,
    flag,
    long_text,
    moment,
    money,
    number,
    percent,
    read_only,
    refer,
    sobject,
    text,
)

STAGES = {
    "Prospecting": 10,
    "Qualification": 20,
    "Proposal": 60,
    "Negotiation": 80,
    "Closed Won": 100,
    "Closed Lost": 0,
}
FORECASTS = {
    "Closed Won": "Closed",
    "Closed Lost": "Omitted",
    "Negotiation": "Commit",
    "Proposal": "Best Case",
}
CURRENCIES = "EUR,USD,GBP,CHF,JPY"
DRAFT = "Draft"
ACTIVATED = "Activated"


def _currency() -> Field:
    return choice("CurrencyIsoCode", CURRENCIES, default="EUR")


ACCOUNT = sobject(
    "Account",
    "001",
    text("Name", required=True),
    text("Industry", 40),
    text("Type", 40),
    text("BillingStreet"),
    text("BillingCity", 40),
    text("BillingPostalCode", 20),
    text("BillingCountryCode", 2),
    text("BillingStateCode", 10),
    number("NumberOfEmployees", 0),
    refer("OwnerId", "User"),
    text("VAT_Id__c", 20),
    text("Credit_Rating__c", 10),
    money("Credit_Limit__c"),
    day("Credit_Checked_On__c"),
    flag("Public_Body__c"),
    flag("Strategic__c"),
    day("Master_Agreement_On__c"),
    day("Data_Agreement_On__c"),
    text("Legal_Terms__c"),
    _currency(),
)
CONTACT = sobject(
    "Contact",
    "003",
    refer("AccountId", "Account", children="Contacts"),
    text("Salutation", 40),
    text("FirstName", 40),
    text("LastName", 80, required=True),
    read_only(text("Name", 121)),
    email("Email"),
    Field("Phone", "phone", length=40),
    text("Title", 128),
    refer("OwnerId", "User"),
)
USER_ROLE = sobject(
    "UserRole",
    "00E",
    text("Name", 80, required=True),
    text("DeveloperName", 80),
)
USER = sobject(
    "User",
    "005",
    text("FirstName", 40),
    text("LastName", 80, required=True),
    read_only(text("Name", 121)),
    email("Username", required=True, unique=True),
    email("Email", required=True),
    text("Title", 80),
    refer("ManagerId", "User", children="ManagedUsers"),
    refer("UserRoleId", "UserRole"),
    flag("IsActive", default=True),
    choice("UserType", "Standard,PowerPartner,CSPLitePortal,CustomerSuccess,PowerCustomerSuccess", default="Standard"),
    text("TimeZoneSidKey", 40, default="Europe/Dublin"),
    text("LocaleSidKey", 40, default="en_IE_EURO"),
)
OPPORTUNITY = sobject(
    "Opportunity",
    "006",
    text("Name", 120, required=True),
    choice("StageName", ",".join(STAGES), required=True),
    money("Amount"),
    _currency(),
    day("CloseDate", required=True),
    refer("AccountId", "Account", children="Opportunities"),
    refer("OwnerId", "User"),
    percent("Probability"),
    read_only(text("ForecastCategory", 40)),
    read_only(flag("IsClosed")),
    read_only(flag("IsWon")),
    read_only(moment("LastStageChangeDate")),
    read_only(flag("HasOpportunityLineItem")),
    text("NextStep"),
    text("Type", 40),
    text("LeadSource", 40),
    long_text("Description"),
    refer("ContractId", "Contract", children="Opportunities"),
    refer("Pricebook2Id", "Pricebook2", children="Opportunities"),
    number("Term_Months__c", 0),
    day("Starts_On__c"),
    number("Payment_Days__c", 0),
    text("Main_Competitor__c"),
    text("Positioning__c"),
    text("Data_Hosting__c", 40),
    flag("Own_Paper__c"),
    flag("Strategic__c"),
    text("Documents_Asked__c"),
    text("Deal_Channel__c", 40),
    text("Shared_Channel__c", 40),
    text("Loss_Reason__c"),
    external_key("Countersign_Deal__c"),
    plural="Opportunities",
)
LINE = sobject(
    "OpportunityLineItem",
    "00k",
    create_only(refer("OpportunityId", "Opportunity", required=True, children="OpportunityLineItems", cascades=True)),
    create_only(refer("PricebookEntryId", "PricebookEntry", required=True)),
    read_only(refer("Product2Id", "Product2", children="OpportunityLineItems")),
    read_only(text("ProductCode")),
    read_only(text("Name", 376)),
    read_only(money("ListPrice")),
    read_only(choice("CurrencyIsoCode", CURRENCIES)),
    number("Quantity", 2, required=True),
    money("UnitPrice"),
    percent("Discount"),
    money("TotalPrice"),
    text("Description"),
    day("ServiceDate"),
    number("SortOrder", 0),
)
ROLE = sobject(
    "OpportunityContactRole",
    "00K",
    create_only(
        refer("OpportunityId", "Opportunity", required=True, children="OpportunityContactRoles", cascades=True)
    ),
    create_only(refer("ContactId", "Contact", required=True, children="OpportunityContactRoles")),
    text("Role", 40),
    flag("IsPrimary"),
)
HISTORY = sobject(
    "OpportunityHistory",
    "008",
    read_only(refer("OpportunityId", "Opportunity", children="OpportunityHistories", cascades=True)),
    read_only(text("StageName", 40)),
    read_only(money("Amount")),
    read_only(day("CloseDate")),
    plural="OpportunityHistories",
)
PRODUCT = sobject(
    "Product2",
    "01t",
    text("Name", required=True),
    text("ProductCode"),
    text("Family", 40),
    text("Description"),
    flag("IsActive"),
)
PRICEBOOK = sobject(
    "Pricebook2",
    "01s",
    text("Name", required=True),
    flag("IsActive"),
    flag("IsStandard"),
    text("Description"),
)
PRICE = sobject(
    "PricebookEntry",
    "01u",
    create_only(refer("Pricebook2Id", "Pricebook2", required=True, children="PricebookEntries")),
    create_only(refer("Product2Id", "Product2", required=True, children="PricebookEntries")),
    money("UnitPrice", required=True),
    flag("IsActive"),
    flag("UseStandardPrice"),
    read_only(text("ProductCode")),
    read_only(text("Name")),
    create_only(choice("CurrencyIsoCode", CURRENCIES, default="EUR")),
    plural="PricebookEntries",
)
CONTRACT = sobject(
    "Contract",
    "800",
    refer("AccountId", "Account", required=True, children="Contracts"),
    choice("Status", f"{DRAFT},In Approval Process,{ACTIVATED}", default=DRAFT),
    read_only(text("ContractNumber", 30)),
    day("StartDate"),
    number("ContractTerm", 0),
    read_only(day("EndDate")),
    day("CustomerSignedDate"),
    refer("CustomerSignedId", "Contact"),
    text("CustomerSignedTitle", 40),
    day("CompanySignedDate"),
    refer("CompanySignedId", "User"),
    text("SpecialTerms"),
    refer("OwnerId", "User"),
    number("Payment_Days__c", 0),
    number("Days_Late__c", 0),
    day("Ended_Early_On__c"),
    external_key(),
)
TASK = sobject(
    "Task",
    "00T",
    text("Subject"),
    choice("Status", "Not Started,In Progress,Completed,Waiting on someone else,Deferred", default="Not Started"),
    choice("Priority", "High,Normal,Low", default="Normal"),
    day("ActivityDate"),
    refer("WhoId", "Contact"),
    refer("WhatId", "Opportunity", "Account", "Contract", children="Tasks"),
    refer("OwnerId", "User"),
    long_text("Description"),
    external_key(),
)
VERSION = sobject(
    "ContentVersion",
    "068",
    text("Title"),
    create_only(text("PathOnClient", 500)),
    create_only(Field("VersionData", "base64")),
    create_only(refer("FirstPublishLocationId", "Opportunity", "Account", "Contract", "User")),
    create_only(refer("ContentDocumentId", "ContentDocument", children="ContentVersions", cascades=True)),
    read_only(text("VersionNumber", 20)),
    read_only(flag("IsLatest")),
    read_only(number("ContentSize", 0)),
    read_only(text("FileExtension", 40)),
    read_only(text("Checksum", 50)),
    text("Description"),
    external_key(unique=False),
)
DOCUMENT = sobject(
    "ContentDocument",
    "069",
    read_only(text("Title")),
    read_only(refer("LatestPublishedVersionId", "ContentVersion")),
    read_only(text("FileExtension", 40)),
    read_only(number("ContentSize", 0)),
)
LINK = sobject(
    "ContentDocumentLink",
    "06A",
    create_only(
        refer(
            "ContentDocumentId",
            "ContentDocument",
            required=True,
            children="ContentDocumentLinks",
            cascades=True,
        )
    ),
    create_only(
        refer(
            "LinkedEntityId",
            "Opportunity",
            "Account",
            "Contract",
            "User",
            required=True,
            children="ContentDocumentLinks",
        )
    ),
    choice("ShareType", "V,C,I", default="V"),
    choice("Visibility", "AllUsers,InternalUsers,SharedUsers", default="AllUsers"),
)

_ALL = (ACCOUNT, CONTACT, USER, USER_ROLE, OPPORTUNITY, LINE, ROLE, HISTORY, PRODUCT, PRICEBOOK, PRICE, CONTRACT, TASK)
OBJECTS: dict[str, SObject] = {each.name: each for each in (*_ALL, VERSION, DOCUMENT, LINK)}
LOWER = {name.lower(): each for name, each in OBJECTS.items()}
